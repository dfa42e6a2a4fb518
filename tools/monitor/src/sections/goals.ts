// How far the goals of 2030 are: technical work that stays open, a million digitally skilled people, and what the plan adds.
import type { FileData, Value } from '../model/page';
import { bar_chart, type Bar } from '../charts/bars';
import { line_chart } from '../charts/lines';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { euro, number, percent } from '../parts/format';
import { gain, observed, simulated, unsure } from '../parts/palette';
import type { State } from '../parts/state';
import { label } from '../words';
import { points_of } from './overview';

function gap(state: State): HTMLElement | null {
  const run = state.run;
  if (!run?.indicators.technical_jobs_wanted || !run.indicators.technical_jobs_filled) return null;
  const { language } = state.choice;
  const text = state.text;
  const region = state.region_place(run);
  const [wanted, filled] = ['technical_jobs_wanted', 'technical_jobs_filled'].map((name) => points_of(run, name, 'months', region));
  const open = points_of(run, 'technical_gap', 'years', region).mean.at(-1) ?? null;
  const rows = run.months.map((m, t) => [m, wanted.mean[t], filled.mean[t], wanted.mean[t] === null || filled.mean[t] === null ? null : (wanted.mean[t] as number) - (filled.mean[t] as number)] as (string | Value)[]);
  return figure(state, {
    name: 'gap',
    title: language === 'nl' ? 'Technisch werk: gevraagd en bezet' : 'Technical work: wanted and filled',
    note: `${language === 'nl' ? 'voltijdbanen (fte); blijft open, laatste twaalf maanden' : 'full-time equivalents; stays open, last twelve months'}: ${number(open, 'count', language)}`,
    summary: `${text.gap}: ${number(open, 'count', language)}.`,
    draw: (width) => line_chart({ width, height: 240, months: run.months, lines: [{ name: text.wanted, colour: observed, ...wanted }, { name: text.filled, colour: simulated, ...filled }], show: 'count', language, simulated_word: text.simulated, observed_word: text.observed }),
    data: { columns: [text.month, text.wanted, text.filled, text.gap], rows },
  });
}

function skilled(state: State): HTMLElement | null {
  const run = state.run;
  const indicator = state.specification.indicators.find((one) => one.name === 'digitally_skilled');
  if (!run || !indicator || !run.indicators.digitally_skilled) return null;
  const { language, region: chosen } = state.choice;
  const text = state.text;
  const all = state.specification.inhabitants;
  const here = (chosen ? [chosen] : run.regions).reduce((sum, name) => sum + (all[name] ?? 0), 0);
  const goal = (indicator.goal_nation * here) / all.NL;
  const months = points_of(run, 'digitally_skilled', 'months', state.region_place(run));
  const last = points_of(run, 'digitally_skilled', 'years', state.region_place(run)).mean.at(-1) ?? null;
  return figure(state, {
    name: 'digitally-skilled-goal',
    title: text.skilled,
    note: `${language === 'nl' ? 'personen; doel naar inwoners' : 'persons; goal by inhabitants'}: ${number(goal, 'count', language)} (${text.skilled_goal})`,
    summary: `${text.skilled}: ${number(last, 'count', language)}, ${percent(last === null ? null : last / goal - 1, language)}.`,
    draw: (width) => line_chart({ width, height: 240, months: run.months, lines: [{ name: text.skilled, ...months }], show: 'count', language, goal: { value: goal, name: `2030: ${number(goal, 'count', language)}` }, simulated_word: text.simulated, observed_word: text.observed }),
    data: { columns: [text.month, text.skilled, text.low, text.high], rows: run.months.map((m, t) => [m, months.mean[t], months.low?.[t] ?? null, months.high?.[t] ?? null]) },
  });
}

/** A figure of an assessment by demand and one further dimension. */
function estimates(file: FileData, table: string, dimension: string, demand: number): { name: string; value: Value; low: Value; high: Value; error: Value }[] {
  const labels = file.coordinates[dimension] ?? [];
  const at = (name: string, i: number) => ((file.tables[name]?.values ?? [])[demand * labels.length + i] ?? null) as Value;
  return labels.map((name, i) => ({ name, value: at(table, i), low: at(`${table}_low`, i), high: at(`${table}_high`, i), error: at(`${table}_error`, i) }));
}

function estimate_figure(state: State, file: FileData, name: string, title: string, note: string, table: string, dimension: string, words: (name: string) => string = (n) => n): HTMLElement | null {
  if (!file.tables[table]) return null;
  const { language, demand } = state.choice;
  const text = state.text;
  const rows = estimates(file, table, dimension, Math.min(demand, (file.coordinates.demand?.length ?? 1) - 1)).filter((row) => row.value !== null);
  const bars: Bar[] = rows.map((row) => {
    const sure = row.error === null || Math.abs(row.value as number) > 2 * row.error;
    return { name: words(row.name), value: row.value as number, low: row.low ?? (row.error === null ? null : (row.value as number) - 2 * row.error), high: row.high ?? (row.error === null ? null : (row.value as number) + 2 * row.error), text: number(row.value, 'count', language), colour: sure ? ((row.value as number) < 0 ? observed : name === 'contributions' ? gain : simulated) : unsure };
  });
  return figure(state, { name, title, note, summary: `${title}: ${bars.map((b) => `${b.name} ${b.text}`).join(', ')}.`, draw: (width) => bar_chart(width, bars), data: { columns: [dimension, text.value, text.low, text.high], rows: bars.map((b) => [b.name, b.value, b.low ?? null, b.high ?? null]) } });
}

function assessment(state: State, file: FileData): HTMLElement {
  const { language, demand } = state.choice;
  const text = state.text;
  const demands = file.coordinates.demand ?? [];
  const chooser = demands.length > 1 ? html('div', { class: 'control' }, html('label', { for: 'demand' }, text.demand), html('select', { id: 'demand', change: (e) => state.set({ demand: Number((e.target as HTMLSelectElement).value) }) }, ...demands.map((name, i) => html('option', { value: i, selected: i === demand }, label(name, language))))) : null;
  const fte = language === 'nl' ? 'voltijdbanen (fte); lijn: 95% van één trekking, of tweemaal de standaardfout' : 'full-time equivalents; line: 95 % of one draw, or twice the standard error';
  const persons = language === 'nl' ? 'personen; lijn: 95% van één trekking, of tweemaal de standaardfout' : 'persons; line: 95 % of one draw, or twice the standard error';
  const costs = (file.tables.cost_of_one_more?.values ?? []) as Value[], sure = (file.tables.distinguishable?.values ?? []) as Value[];
  const measures = file.coordinates.measure ?? [];
  const place = Math.min(demand, Math.max(0, demands.length - 1));
  const shares = estimates(file, 'share', 'measure', place), spendings = estimates(file, 'spending', 'measure', place);
  const table = html(
    'table',
    {},
    html('caption', {}, text.by_measure),
    html('thead', {}, html('tr', {}, ...[text.measure, text.contributions, text.spending, text.cost_of_one].map((word, i) => html('th', { scope: 'col', class: i > 0 ? 'number' : '' }, word)))),
    html('tbody', {}, ...measures.map((name, i) => html('tr', {}, html('th', { scope: 'row' }, state.measure(name)), html('td', { class: 'number' }, number(shares[i]?.value ?? null, 'count', language)), html('td', { class: 'number' }, euro(spendings[i]?.value ?? null, language)), html('td', { class: 'number' }, sure[place * measures.length + i] === 1 ? euro(costs[place * measures.length + i] ?? null, language) : text.indistinguishable)))),
  );
  return html(
    'div',
    {},
    html('h3', {}, file.attributes.title ?? file.name),
    chooser,
    html('div', { class: 'two' }, estimate_figure(state, file, 'supply', text.supply, persons, 'technicians', 'scenario'), estimate_figure(state, file, 'gap-by-scenario', text.gap, fte, 'gap_fte', 'scenario')),
    html('div', { class: 'two' }, estimate_figure(state, file, 'contributions', text.contributions, persons, 'share', 'measure', (n) => state.measure(n)), estimate_figure(state, file, 'gap-by-occupation', text.gap_by_occupation, fte, 'gap_fte_by_occupation', 'occupation', (n) => label(n, language))),
    html('div', { class: 'two' }, estimate_figure(state, file, 'gap-by-region', language === 'nl' ? 'Open werk per regio' : 'Open work by region', fte, 'gap_fte_by_region', 'region'), estimate_figure(state, file, 'gap-by-education', language === 'nl' ? 'Open werk per opleidingsniveau' : 'Open work by level of education', fte, 'gap_fte_by_education', 'education', (n) => label(n, language))),
    html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': text.by_measure }, table),
  );
}

export function goals(state: State): HTMLElement | null {
  const run = state.run, file = state.assessment;
  if (!run && !file) return null;
  return html('div', {}, html('p', { class: 'lead' }, state.text.gap_intro), run ? html('div', { class: 'two' }, gap(state), skilled(state)) : null, file ? assessment(state, file) : null);
}
