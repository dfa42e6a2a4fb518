// Bars from left to right, each with its figure at the end.
import * as Plot from '@observablehq/plot';
import { ink, quiet, simulated } from '../parts/palette';

export interface Bar {
  name: string;
  value: number;
  low?: number | null;
  high?: number | null;
  text: string;
  colour?: string;
}

export function bar_chart(width: number, bars: Bar[]): SVGElement {
  const narrow = width < 480;
  const names = narrow ? 110 : 210;
  const ends = bars.flatMap((bar) => [bar.value, bar.low ?? bar.value, bar.high ?? bar.value, 0]);
  const most = Math.max(...ends), least = Math.min(...ends);
  return Plot.plot({
    width,
    height: 12 + bars.length * (narrow ? 34 : 27),
    marginLeft: names,
    marginRight: 96,
    marginTop: 4,
    marginBottom: 8,
    style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
    x: { axis: null, domain: [least, most || 1] },
    y: { label: null, domain: bars.map((bar) => bar.name), axis: null, padding: 0.35 },
    marks: [
      Plot.axisY({ tickSize: 0, label: null, lineWidth: names / 12.5, fill: ink, fontSize: 12 }),
      Plot.barX(bars, { x: 'value', y: 'name', fill: (bar) => bar.colour ?? simulated }),
      Plot.ruleX([0], { stroke: ink }),
      Plot.ruleY(bars.filter((bar) => bar.low != null && bar.high != null), { x1: 'low', x2: 'high', y: 'name', stroke: ink, strokeWidth: 1.5 }),
      Plot.text(bars, { x: (bar) => Math.max(bar.value, bar.high ?? bar.value, 0), y: 'name', text: 'text', textAnchor: 'start', dx: 6, fill: ink }),
    ],
  }) as SVGElement;
}

/** Stacked bars by year. */
export function stacked_years(width: number, rows: { year: string; part: string; value: number; colour: string }[], format: (value: number) => string): SVGElement {
  return Plot.plot({
    width,
    height: 240,
    marginLeft: 60,
    marginBottom: 24,
    marginTop: 12,
    style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
    x: { type: 'band', label: null, tickSize: 0, padding: 0.3 },
    y: { label: null, tickSize: 0, ticks: 4, tickFormat: format, grid: true },
    marks: [Plot.barY(rows, { x: 'year', y: 'value', fill: 'colour' }), Plot.ruleY([0], { stroke: ink })],
  }) as SVGElement;
}
