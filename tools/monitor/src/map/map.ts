// The seven regions in the country: a choropleth to choose a region from, with the keyboard too.
import outline from './netherlands.json';
import { names, sketches } from './regions';
import { svg } from '../parts/dom';
import { ink } from '../parts/palette';

const west = 3.2, east = 7.35, south = 50.68, north = 53.62;
/** A degree of longitude is so much shorter than one of latitude in the middle of the country. */
const shorter = Math.cos((52.2 * Math.PI) / 180);

export interface MapParts {
  width: number;
  values: { region: string; value: number | null; text: string }[];
  chosen: string;
  choose: (region: string) => void;
}

/** Shades of one blue, from light to dark. */
export function shade(share: number): string {
  const light = [214, 230, 242], dark = [11, 72, 116];
  return `rgb(${light.map((from, i) => Math.round(from + share * (dark[i] - from))).join(' ')})`;
}

export function map_chart(parts: MapParts): SVGElement {
  const width = Math.min(parts.width, 460);
  const scale = width / ((east - west) * shorter);
  const height = Math.round((north - south) * scale);
  const place = ([x, y]: number[]) => `${((x - west) * shorter * scale).toFixed(1)},${((north - y) * scale).toFixed(1)}`;
  const ring = (points: number[][]) => 'M' + points.map(place).join('L') + 'Z';
  const country = (outline as number[][][][]).map((polygon) => polygon.map(ring).join('')).join('');
  const clip = `country-${width}`;
  const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'font-size': 12 });
  picture.append(svg('defs', {}, svg('clipPath', { id: clip }, svg('path', { d: country }))));
  picture.append(svg('path', { d: country, fill: '#eef1f4', stroke: '#b9c2ca', 'stroke-width': 0.8 }));
  const known = parts.values.map((v) => v.value).filter((v): v is number => v !== null);
  const least = Math.min(...known), most = Math.max(...known);
  const shapes = svg('g', { 'clip-path': `url(#${clip})` });
  const texts = svg('g', {});
  for (const { region, value, text } of parts.values) {
    const sketch = sketches[region];
    if (!sketch) continue;
    const fill = value === null ? '#ffffff' : shade(most > least ? (value - least) / (most - least) : 0.6);
    const chosen = region === parts.chosen;
    shapes.append(svg('path', { d: ring(sketch), fill, stroke: chosen ? ink : '#ffffff', 'stroke-width': chosen ? 4 : 1.5, class: 'area', click: () => parts.choose(chosen ? '' : region) }, svg('title', {}, `${region}: ${text}`)));
    const name = names[region];
    const [x, y] = place(name.at).split(',').map(Number);
    const line = svg('text', { x, y, 'text-anchor': name.anchor, fill: ink, 'font-weight': chosen ? 700 : 400, class: 'area', click: () => parts.choose(chosen ? '' : region), 'paint-order': 'stroke', stroke: '#ffffff', 'stroke-width': 3, 'stroke-linejoin': 'round' }, region);
    line.append(svg('tspan', { x, dy: '1.2em', 'font-weight': 600 }, text));
    texts.append(line);
  }
  picture.append(shapes, texts);
  return picture;
}
