// What measures cost, and what one more technician or ICT worker costs.
import { amounts, effects } from '../model/comparison';
import { bar_chart, stacked_years } from '../charts/bars';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { euro, tick } from '../parts/format';
import { series } from '../parts/palette';
import type { State } from '../parts/state';

/** Spending of the run by year and measure, in the chosen region. */
function by_year(state: State): HTMLElement | null {
  const run = state.run;
  const spending = run?.policy.spending;
  if (!run || !spending) return null;
  const measures = spending.labels[0] ?? [];
  if (measures.length === 0) return null;
  const { language, measure } = state.choice;
  const text = state.text;
  const region = state.region_place(run);
  const rows = run.years.flatMap((year, y) =>
    measures.map((name, m) => {
      let value = 0;
      for (let r = 0; r < run.regions.length; ++r) if (region === run.regions.length || r === region) value += spending.values[(y * run.regions.length + r) * measures.length + m] ?? 0;
      return { year: year.slice(0, 4), part: name, value, colour: series[m % series.length] };
    }),
  );
  const shown = rows.filter((row) => measure === '' || row.part === measure);
  const totals = measures.map((name) => ({ name, value: rows.filter((row) => row.part === name).reduce((sum, row) => sum + row.value, 0) })).filter((row) => row.value > 0).sort((a, b) => b.value - a.value);
  const total = shown.reduce((sum, row) => sum + row.value, 0);
  // Beyond the largest seven, measures share one colour: more cannot be told apart.
  const largest = totals.slice(0, series.length - 1).map((row) => row.name);
  for (const row of shown) row.colour = measure !== '' ? series[0] : largest.includes(row.part) ? series[largest.indexOf(row.part)] : series[series.length - 1];
  const title = measure === '' ? text.spending_year : `${text.spending_year}: ${state.measure(measure)}`;
  const legend = html('p', { class: 'legend' }, ...(measure === '' ? largest : []).map((name, i) => html('span', { class: 'key box', style: `--key:${series[i]}` }, state.measure(name))), measure === '' && totals.length > largest.length ? html('span', { class: 'key box', style: `--key:${series[series.length - 1]}` }, language === 'nl' ? 'overige' : 'others') : null);
  return html(
    'div',
    { class: 'two' },
    figure(state, { name: 'spending-by-year', title, note: text.euro, summary: `${title}: ${euro(total, language)}.`, draw: (width) => stacked_years(width, shown, (v) => tick(v, 'euro', language)), data: { columns: [text.year, text.measure, text.euro], rows: shown.map((row) => [row.year, row.part, Math.round(row.value)]) }, foot: legend }),
    figure(state, { name: 'spending-by-measure', title: `${text.spending}: ${run.years[0]?.slice(0, 4)}–${run.years.at(-1)?.slice(0, 4)}`, note: text.euro, summary: totals.map((row) => `${row.name} ${euro(row.value, language)}`).join(', '), draw: (width) => bar_chart(width, totals.map((row) => ({ name: state.measure(row.name), value: row.value, text: tick(row.value, 'euro', language) }))), data: { columns: [text.measure, text.euro], rows: totals.map((row) => [row.name, Math.round(row.value)]) } }),
  );
}

function cost(state: State): HTMLElement | null {
  const file = state.comparison;
  if (!file) return null;
  const { language, arm } = state.choice;
  const text = state.text;
  const spent = amounts(file, 'spending_of_measure', 'measure', arm).filter((row) => row.value);
  const list = effects(file, arm).filter((e) => !e.national && ((e.region === '' && ['technicians_at_work', 'ict_workers_at_work', 'both_at_work'].includes(e.name)) || (e.subject === 'region' && e.cost !== null)));
  const name = (e: (typeof list)[number]) => {
    const who = e.name === 'both_at_work' ? `${text.technicians} + ${text.ict_workers}` : e.name === 'technicians_at_work' ? text.technicians : text.ict_workers;
    return e.region ? `${who}, ${e.region}` : who;
  };
  const table = html(
    'table',
    {},
    html('caption', {}, `${text.cost_of_one} (${file.coordinates.arm[arm]})`),
    html('thead', {}, html('tr', {}, ...['', text.euro, text.interval].map((word) => html('th', { scope: 'col' }, word)))),
    html('tbody', {}, ...list.map((e) => html('tr', {}, html('th', { scope: 'row' }, name(e)), html('td', { class: e.cost === null ? 'number words' : 'number' }, e.cost === null ? text.no_cost : euro(e.cost, language)), html('td', { class: 'number' }, e.cost === null ? '–' : `${euro(e.cost_low, language)} … ${euro(e.cost_high, language)}`)))),
  );
  return html(
    'div',
    { class: 'two' },
    spent.length > 0
      ? figure(state, { name: 'spending-of-scenario', title: text.spending_measure, note: text.euro, summary: spent.map((row) => `${row.name} ${euro(row.value, language)}`).join(', '), draw: (width) => bar_chart(width, spent.map((row) => ({ name: state.measure(row.name), value: row.value as number, low: row.low, high: row.high, text: tick(row.value as number, 'euro', language) }))), data: { columns: [text.measure, text.euro, text.low, text.high], rows: spent.map((row) => [row.name, row.value, row.low, row.high]) } })
      : null,
    html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': text.cost_of_one }, table),
  );
}

export function money(state: State): HTMLElement | null {
  const parts = [by_year(state), cost(state)].filter((part) => part !== null);
  return parts.length === 0 ? null : html('div', {}, html('p', { class: 'lead' }, state.text.money_intro), ...parts);
}
