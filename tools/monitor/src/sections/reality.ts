// Where the model is off: every observed figure beside its simulated counterpart.
import * as Plot from '@observablehq/plot';
import type { Figure, ObservedSeries, Run, Show, Value } from '../model/page';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { date_of, number, percent, tick } from '../parts/format';
import { ink, observed as observed_colour, quiet, rule, simulated } from '../parts/palette';
import type { State } from '../parts/state';
import { label } from '../words';

interface Pair {
  series: ObservedSeries;
  figure: Figure;
  simulated: number;
  low: Value;
  high: Value;
  off: number;
}

/** Figures beside their simulated counterparts. */
function compared(run: Run, series: ObservedSeries): Pair[] {
  const counterpart = run.observed[series.name];
  if (!counterpart) return [];
  return counterpart.periods.flatMap((period, i) => {
    const figure = series.figures.find((one) => one.period === period);
    const value = counterpart.mean[i];
    if (!figure || value === null) return [];
    return [{ series, figure, simulated: value, low: counterpart.low?.[i] ?? null, high: counterpart.high?.[i] ?? null, off: value / figure.value - 1 }];
  });
}

/** The same; where definitions differ, only changes since the first figure compare. */
function pairs_of(run: Run, series: ObservedSeries): Pair[] {
  const pairs = compared(run, series);
  if (series.level || pairs.length === 0) return pairs;
  const first = pairs[0].simulated / pairs[0].figure.value;
  return pairs.slice(1).map((pair) => ({ ...pair, off: (pair.off + 1) / first - 1 }));
}

/** A name in words: the series of the backtest have none of their own. */
function name_of(series: ObservedSeries, state: State): string {
  const dutch = state.choice.language === 'nl';
  const where = series.region === 'the nation' ? state.text.nation : dutch ? series.region.replace('province', 'provincie').replace('labour market region', 'arbeidsmarktregio') : series.region;
  const short = series.name.replace(/_(groningen|limburg|noord_brabant|zuid_holland|zeeland|rijnmond|west_brabant|zuid_limburg|brainport|ijmond|nation|year)$/, '').replaceAll('_', ' ');
  return `${label(short, state.choice.language)}, ${where}`;
}

function deviation_chart(width: number, pairs: Pair[], name: (series: ObservedSeries) => string): SVGElement {
  const narrow = width < 520;
  const left = narrow ? 130 : 270;
  const names = [...new Set(pairs.map((pair) => name(pair.series)))];
  const rows = pairs.map((pair) => ({ name: name(pair.series), off: pair.off, level: pair.series.level, tip: `${pair.figure.period}: ${pair.figure.value} / ${pair.simulated}` }));
  const most = Math.max(0.1, ...rows.map((row) => Math.abs(row.off)));
  return Plot.plot({
    width,
    height: 40 + names.length * (narrow ? 30 : 22),
    marginLeft: left,
    marginRight: 16,
    marginTop: 20,
    marginBottom: 8,
    style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
    x: { axis: 'top', label: null, tickSize: 0, domain: [-most, most], tickFormat: (v: number) => `${v > 0 ? '+' : ''}${Math.round(100 * v)} %`, ticks: narrow ? 3 : 7 },
    y: { label: null, domain: names, axis: null },
    marks: [
      Plot.gridX({ stroke: rule, strokeOpacity: 1, ticks: narrow ? 3 : 7 }),
      Plot.rectX([0], { x1: -0.05, x2: 0.05, fill: '#eef4f8' }),
      Plot.ruleX([0], { stroke: ink }),
      Plot.axisY({ tickSize: 0, label: null, lineWidth: left / 12.5, fill: ink, fontSize: 12 }),
      Plot.dot(rows, { x: 'off', y: 'name', r: 3.8, stroke: (row) => (row.level ? observed_colour : simulated), fill: (row) => (row.level ? observed_colour : 'white'), strokeWidth: 1.6, title: 'tip' }),
    ],
  }) as SVGElement;
}

const chosen = { series: '' };

/** One series, observed and simulated, period by period. */
function one_series(state: State, pairs: Pair[]): HTMLElement {
  const text = state.text;
  const { language } = state.choice;
  const names = [...new Map(pairs.map((pair) => [pair.series.name, pair.series])).values()];
  const series = names.find((one) => one.name === chosen.series) ?? names.find((one) => one.name === 'vacancies_open') ?? names[0];
  const of_series = pairs.filter((pair) => pair.series === series);
  const title = name_of(series, state);
  const rows = of_series.map((pair) => ({ date: new Date((+date_of(pair.figure.from) + +date_of(pair.figure.until)) / 2), ...pair }));
  const show: Show = series.kind === 'ratio' || /vmbo/.test(series.name) ? 'share' : series.kind === 'mean' ? 'ratio' : 'count';
  const draw = (width: number) =>
    Plot.plot({
      width,
      height: 240,
      marginLeft: 74,
      marginRight: 96,
      marginBottom: 26,
      style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
      x: { type: 'utc', label: null, tickSize: 0, ticks: 'year', tickFormat: (date: Date) => String(date.getUTCFullYear()) },
      y: { label: null, tickSize: 0, ticks: 4, inset: 8, tickFormat: (value: number) => tick(value, show, language) },
      marks: [
        Plot.gridY({ stroke: rule, strokeOpacity: 1, ticks: 4 }),
        Plot.ruleX(rows.filter((row) => row.low !== null), { x: 'date', y1: 'low', y2: 'high', stroke: simulated, strokeWidth: 6, strokeOpacity: 0.2 }),
        Plot.lineY(rows, { x: 'date', y: 'simulated', stroke: simulated, strokeWidth: 2, marker: 'circle' }),
        Plot.lineY(rows, { x: 'date', y: (row) => row.figure.value, stroke: observed_colour, strokeWidth: 1, strokeDasharray: '3 3' }),
        Plot.dot(rows, { x: 'date', y: (row) => row.figure.value, r: 4, fill: series.level ? observed_colour : 'white', stroke: observed_colour, strokeWidth: 1.6 }),
        Plot.text(rows.slice(-1), { x: 'date', y: 'simulated', text: () => text.simulated, textAnchor: 'start', dx: 10, fill: simulated }),
        Plot.text(rows.slice(-1), { x: 'date', y: (row) => row.figure.value, text: () => text.observed, textAnchor: 'start', dx: 10, fill: observed_colour }),
      ],
    }) as SVGElement;
  const select = html('select', { id: 'observed-series', change: (event) => { chosen.series = (event.target as HTMLSelectElement).value; state.set({}); } }, ...names.map((one) => html('option', { value: one.name, selected: one === series }, name_of(one, state))));
  const sources = [...new Map(of_series.map((pair) => [pair.figure.source, pair.figure])).values()];
  return html(
    'div',
    {},
    html('div', { class: 'control' }, html('label', { for: 'observed-series' }, text.choose_series), select),
    figure(state, {
      name: 'observed-and-simulated',
      title,
      note: `${label(of_series[0].figure.unit, language)}${series.level ? '' : `; ${text.other_definition}`}`,
      summary: of_series.map((pair) => `${pair.figure.period}: ${number(pair.figure.value, show, language)}, ${number(pair.simulated, show, language)}`).join('; '),
      draw,
      data: { columns: [text.period, text.observed, text.simulated, text.low, text.high, text.status, text.source], rows: of_series.map((p) => [p.figure.period, p.figure.value, p.simulated, p.low, p.high, p.figure.status, p.figure.source]) },
      foot: html('p', { class: 'small' }, `${text.source}: `, ...sources.flatMap((figure, i) => [i > 0 ? '; ' : '', figure.url ? html('a', { href: figure.url, rel: 'noreferrer' }, figure.source) : figure.source])),
    }),
  );
}

export function reality(state: State): HTMLElement | null {
  const run = state.run;
  if (!run) return null;
  const text = state.text;
  const { language } = state.choice;
  const all = state.specification.observed.flatMap((series) => pairs_of(run, series));
  if (all.length === 0) return html('p', { class: 'missing' }, text.no_data);
  const worst = (name: string) => Math.max(...all.filter((p) => p.series.name === name).map((p) => Math.abs(p.off)));
  const pairs = all.sort((a, b) => Number(b.series.level) - Number(a.series.level) || worst(b.series.name) - worst(a.series.name) || a.series.name.localeCompare(b.series.name));
  const rows = pairs.map((p) => [name_of(p.series, state), p.figure.period, p.figure.value, Number(p.simulated.toPrecision(5)), percent(p.off, language), p.series.level ? '' : text.change_compares, p.figure.status, p.figure.source]);
  const inside = pairs.filter((p) => p.series.level);
  const near = inside.filter((p) => Math.abs(p.off) <= 0.05).length;
  const summary = language === 'nl' ? `Van ${inside.length} waargenomen cijfers met dezelfde definitie liggen er ${near} binnen 5% van de simulatie.` : `Of ${inside.length} observed figures with the same definition, ${near} are within 5 % of the simulation.`;
  return html(
    'div',
    {},
    html('p', { class: 'lead' }, `${text.model_intro} ${summary}`),
    one_series(state, state.specification.observed.flatMap((series) => compared(run, series))),
    figure(state, {
      name: 'model-and-reality',
      title: `${text.simulated} – ${text.observed}`,
      note: language === 'nl' ? 'simulatie ten opzichte van het waargenomen cijfer; de baan is ±5%' : 'simulation against the observed figure; the strip is ±5 %',
      summary,
      draw: (width) => deviation_chart(width, pairs, (series) => name_of(series, state)),
      data: { columns: [text.series, text.period, text.observed, text.simulated, text.deviation, '', text.status, text.source], rows },
      foot: html('p', { class: 'legend' }, html('span', { class: 'key dot' }, language === 'nl' ? 'zelfde definitie' : 'same definition'), html('span', { class: 'key ring' }, text.change_compares)),
    }),
  );
}
