// A series over the months with the spread of its replicates, and observed figures as dots.
import * as Plot from '@observablehq/plot';
import type { Language, Show, Value } from '../model/page';
import { date_of, month, number, tick } from '../parts/format';
import { band, ink, observed as observed_colour, quiet, rule, simulated } from '../parts/palette';

export interface Line {
  name: string;
  colour?: string;
  mean: Value[];
  low?: Value[];
  high?: Value[];
}

export interface Dot {
  from: string;
  until: string;
  value: number;
  source: string;
  /** Figure and simulation share one definition. */
  level: boolean;
}

export interface LineParts {
  width: number;
  height?: number;
  months: string[];
  lines: Line[];
  dots?: Dot[];
  show: Show;
  language: Language;
  simulated_word: string;
  observed_word: string;
  /** A level to reach. */
  goal?: { value: number; name: string };
}

const month_ms = 30.4 * 24 * 3600 * 1000;

export function line_chart(parts: LineParts): SVGElement {
  const dates = parts.months.map(date_of);
  const rows = parts.lines.flatMap((line) =>
    line.mean.map((value, t) => ({ line: line.name, date: dates[t], value, low: line.low?.[t] ?? null, high: line.high?.[t] ?? null, colour: line.colour ?? simulated })).filter((row) => row.value !== null),
  );
  const dots = (parts.dots ?? []).map((dot) => {
    const from = +date_of(dot.from), until = +date_of(dot.until) + month_ms;
    return { ...dot, from_date: new Date(from), until_date: new Date(until), date: new Date((from + until) / 2) };
  });
  const ends = parts.lines.map((line) => rows.filter((row) => row.line === line.name).at(-1)).filter((row) => row !== undefined);
  const single = parts.lines.length === 1;
  const shown = rows.flatMap((row) => [row.value, row.low, row.high]).concat(dots.map((d) => d.value), parts.goal ? [parts.goal.value] : []).filter((v): v is number => v !== null);
  const top = Math.max(...shown), bottom = Math.min(...shown);
  // Stocks of people begin at zero only where that leaves the movement to be seen: a line, unlike a bar, may begin anywhere.
  const room = (top - bottom || Math.abs(top) || 1) * 0.12;
  const domain = [bottom >= 0 && bottom - 3 * room < 0 ? 0 : bottom - room, top + room];
  return Plot.plot({
    width: parts.width,
    height: parts.height ?? 190,
    marginLeft: 58,
    marginRight: single ? 16 : 12 + 6.6 * Math.max(...parts.lines.map((line) => line.name.length)),
    marginTop: 14,
    marginBottom: 24,
    style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
    x: { type: 'utc', label: null, tickSize: 0, ticks: parts.width < 420 ? 4 : 6 },
    y: { label: null, tickSize: 0, ticks: 4, domain, tickFormat: (value: number) => tick(value, parts.show, parts.language) },
    marks: [
      Plot.gridY({ stroke: rule, strokeOpacity: 1, ticks: 4 }),
      parts.goal ? Plot.ruleY([parts.goal.value], { stroke: ink, strokeDasharray: '4 3' }) : null,
      parts.goal ? Plot.text([parts.goal], { x: () => dates[0], y: 'value', text: 'name', textAnchor: 'start', dy: -7, fill: ink }) : null,
      Plot.areaY(rows.filter((row) => row.low !== null), { x: 'date', y1: 'low', y2: 'high', z: 'line', fill: single ? band : 'colour', fillOpacity: 0.16 }),
      Plot.lineY(rows, { x: 'date', y: 'value', z: 'line', stroke: 'colour', strokeWidth: 2 }),
      dots.length > 0 ? Plot.ruleY(dots, { x1: 'from_date', x2: 'until_date', y: 'value', stroke: observed_colour, strokeWidth: 2, strokeOpacity: 0.55 }) : null,
      dots.length > 0 ? Plot.dot(dots, { x: 'date', y: 'value', r: 3.5, fill: (dot) => (dot.level ? observed_colour : 'white'), stroke: observed_colour, strokeWidth: 1.6 }) : null,
      single ? null : Plot.text(spread(ends, domain, parts.height ?? 190), { x: 'date', y: 'at', text: 'line', textAnchor: 'start', dx: 6, fill: 'colour', fontSize: 12 }),
      Plot.tip(
        rows,
        Plot.pointerX({
          x: 'date',
          y: 'value',
          fontSize: 12,
          title: (row) =>
            `${single ? '' : row.line + '\n'}${month(iso(row.date), parts.language)}\n${parts.simulated_word}: ${number(row.value, parts.show, parts.language)}${row.low === null ? '' : ` (${number(row.low, parts.show, parts.language)} – ${number(row.high, parts.show, parts.language)})`}`,
        }),
      ),
    ],
  }) as SVGElement;
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 7);
}

/** Labels at the ends of lines, moved apart where they would cover each other. */
function spread<Row extends { value: Value }>(ends: Row[], domain: number[], height: number): (Row & { at: number })[] {
  const step = ((domain[1] - domain[0]) / (height - 38)) * 13;
  const rows = ends.map((row) => ({ ...row, at: row.value ?? 0 })).sort((a, b) => b.at - a.at);
  for (let i = 1; i < rows.length; ++i) rows[i].at = Math.min(rows[i].at, rows[i - 1].at - step);
  const below = rows.length > 0 ? domain[0] - rows[rows.length - 1].at : 0;
  if (below > 0) for (const row of rows) row.at += below;
  return rows;
}
