// Differences with their intervals: a dot, the line through it, and zero to hold them against.
import * as Plot from '@observablehq/plot';
import { gain, ink, loss, quiet, rule, unsure } from '../parts/palette';

export interface EffectRow {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** Can be told from noise. */
  sure: boolean;
  text: string;
}

export interface EffectParts {
  width: number;
  rows: EffectRow[];
  tick: (value: number) => string;
  /** Room for names; they wrap. */
  names?: number;
}

export function effect_chart(parts: EffectParts): SVGElement {
  const rows = parts.rows.filter((row) => row.value !== null);
  const narrow = parts.width < 480;
  const names = parts.names ?? (narrow ? 120 : 195);
  const values = narrow ? 14 : 112;
  const ticks = Math.max(2, Math.floor((parts.width - names - values) / 75));
  return Plot.plot({
    width: parts.width,
    height: 34 + rows.length * (narrow ? 34 : 28),
    marginLeft: names,
    marginRight: values,
    marginTop: 4,
    marginBottom: 26,
    style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
    x: { label: null, tickSize: 0, ticks, tickFormat: parts.tick, inset: 6 },
    y: { label: null, tickSize: 0, domain: rows.map((row) => row.name), axis: null },
    marks: [
      Plot.gridX({ stroke: rule, strokeOpacity: 1, ticks }),
      Plot.ruleX([0], { stroke: ink }),
      Plot.axisY({ tickSize: 0, label: null, lineWidth: names / 12.5, fill: ink, fontSize: 12 }),
      Plot.ruleY(rows, { y: 'name', x1: (row) => row.low ?? row.value, x2: (row) => row.high ?? row.value, stroke: colour, strokeWidth: 2.5 }),
      Plot.dot(rows, { y: 'name', x: 'value', r: 4.5, fill: (row) => (row.sure ? colour(row) : 'white'), stroke: colour, strokeWidth: 2 }),
      narrow ? null : Plot.text(rows, { y: 'name', text: 'text', frameAnchor: 'right', textAnchor: 'start', dx: 8, fill: (row) => (row.sure ? ink : quiet) }),
    ],
  }) as SVGElement;
}

function colour(row: EffectRow): string {
  if (!row.sure) return unsure;
  return (row.value ?? 0) >= 0 ? gain : loss;
}
