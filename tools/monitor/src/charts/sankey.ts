// Flows into and out of a stock, as wide as they are large.
import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { svg } from '../parts/dom';
import { gain, ink, loss, simulated } from '../parts/palette';

export interface Flow {
  name: string;
  value: number;
  text: string;
}

interface Node {
  name: string;
  text: string;
  side: 'in' | 'middle' | 'out';
}

export function flow_chart(width: number, middle: string, into: Flow[], out_of: Flow[]): SVGElement {
  const narrow = width < 560;
  const height = narrow ? 480 : 380;
  const room = narrow ? 4 : 190;
  const known = (flows: Flow[]) => flows.filter((flow) => flow.value > 0).sort((a, b) => b.value - a.value);
  const ins = known(into), outs = known(out_of);
  const nodes: Node[] = [...ins.map((f) => ({ name: f.name, text: f.text, side: 'in' as const })), { name: middle, text: '', side: 'middle' }, ...outs.map((f) => ({ name: f.name, text: f.text, side: 'out' as const }))];
  const at = ins.length;
  const links = [...ins.map((f, i) => ({ source: i, target: at, value: f.value })), ...outs.map((f, i) => ({ source: at, target: at + 1 + i, value: f.value }))];
  const graph = sankey<Node, object>()
    .nodeWidth(10)
    .nodePadding(narrow ? 27 : 14)
    .nodeSort(null as never) // in the order given: largest first (the types lack null)
    .extent([[room, 16], [width - room, height - 8]])({ nodes: nodes.map((n) => ({ ...n })), links: links.map((l) => ({ ...l })) });
  const path = sankeyLinkHorizontal();
  const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'font-size': 12, fill: ink });
  for (const link of graph.links) {
    const enters = (link.target as { side?: string }).side === 'middle';
    picture.append(svg('path', { d: path(link) ?? '', fill: 'none', stroke: enters ? gain : loss, 'stroke-opacity': 0.35, 'stroke-width': Math.max(1, link.width ?? 1) }));
  }
  for (const node of graph.nodes) {
    const [x0, x1, y0, y1] = [node.x0 ?? 0, node.x1 ?? 0, node.y0 ?? 0, node.y1 ?? 0];
    picture.append(svg('rect', { x: x0, y: y0, width: x1 - x0, height: Math.max(1, y1 - y0), fill: node.side === 'middle' ? simulated : node.side === 'in' ? gain : loss }));
    if (node.side === 'middle') {
      picture.append(svg('text', { x: (x0 + x1) / 2, y: 11, 'text-anchor': 'middle', 'font-weight': 600 }, middle));
      continue;
    }
    const left = node.side === 'in';
    const inside = narrow;
    const x = left === inside ? x1 + 5 : x0 - 5;
    const anchor = left === inside ? 'start' : 'end';
    // On a phone names stand on the flows, with the number below.
    const line = svg('text', { x, y: (y0 + y1) / 2 - (inside ? 7 : 0), dy: '0.35em', 'text-anchor': anchor, 'font-size': inside ? 11 : 12 }, node.name + ' ');
    line.append(svg('tspan', inside ? { 'font-weight': 600, x, dy: '1.2em' } : { 'font-weight': 600 }, node.text));
    picture.append(line);
  }
  return picture;
}
