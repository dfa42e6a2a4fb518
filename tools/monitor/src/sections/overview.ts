// The three pillars: each indicator with its figure, its development, and what the scenario changes.
import { effects, type Effect } from '../model/comparison';
import type { Indicator, ObservedSeries, Pillar, Run, Value } from '../model/page';
import { line_chart, type Dot } from '../charts/lines';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { difference, month, number } from '../parts/format';
import type { State } from '../parts/state';

export const pillars: Pillar[] = ['education', 'labour_market', 'innovation'];

export interface Points {
  mean: Value[];
  low?: Value[];
  high?: Value[];
}

/** Values of an indicator in one region (or all), by month or by year. */
export function points_of(run: Run, indicator: string, by: 'months' | 'years', region: number): Points {
  const cells = run.indicators[indicator][by];
  const count = by === 'months' ? run.months.length : run.years.length;
  const cut = (values?: Value[]) => values?.slice(region * count, (region + 1) * count);
  return { mean: cut(cells.mean) ?? [], low: cut(cells.low), high: cut(cells.high) };
}

/** Observed figures as they would be for the regions of the run: a count of the nation by their share of its inhabitants. */
export function dots_of(state: State, run: Run, indicator: Indicator): Dot[] {
  if (state.choice.region !== '') return [];
  return indicator.observed.flatMap((name) => {
    const series = state.specification.observed.find((one) => one.name === name) as ObservedSeries;
    const factor = series.scaling === 'nation' ? run.nation_per_region_person : 1;
    // What the run counts by month, the figure may count by quarter: both are brought to the unit of the indicator.
    const times = indicator.times / series.times;
    return series.figures.filter((f) => f.until >= run.months[0]).map((f) => ({ from: f.from, until: f.until, value: (f.value * times) / factor, source: f.source, level: series.level }));
  });
}

function core_effect(state: State, indicator: Indicator): Effect | undefined {
  const file = state.comparison;
  if (!file) return undefined;
  return effects(file, state.choice.arm).find((e) => e.name === indicator.name && e.region === state.choice.region && !e.national);
}

function effect_text(state: State, indicator: Indicator, effect: Effect): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  return html(
    'div',
    { class: `change ${effect.sure ? '' : 'unsure'}` },
    html('dt', {}, text.policy_effect),
    html('dd', { class: 'effect', 'data-effect': indicator.name }, difference(effect.difference, indicator.show, language), html('span', { class: 'interval' }, `${difference(effect.low, indicator.show, language)} … ${difference(effect.high, indicator.show, language)}`), html('span', { class: 'verdict' }, effect.sure ? '' : text.indistinguishable)),
  );
}

function card(state: State, run: Run, indicator: Indicator): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  const region = state.region_place(run);
  const years = points_of(run, indicator.name, 'years', region), months = points_of(run, indicator.name, 'months', region);
  const firsts = years.mean.filter((v) => v !== null);
  const last = firsts.at(-1) ?? months.mean.filter((v) => v !== null).at(-1) ?? null;
  const change = firsts.length > 1 ? (firsts.at(-1) as number) - (firsts[0] as number) : null;
  const dots = dots_of(state, run, indicator);
  const effect = core_effect(state, indicator);
  const title = indicator.title[language];
  const place = state.choice.region || text.all_regions;
  const head = html(
    'div',
    { class: 'figures' },
    html('p', { class: 'headline', 'data-indicator': indicator.name, 'data-value': last ?? '' }, number(last, indicator.show, language)),
    html(
      'dl',
      { class: 'changes' },
      change === null ? null : html('div', { class: 'change' }, html('dt', {}, text.since_start), html('dd', {}, difference(change, indicator.show, language))),
      effect ? effect_text(state, indicator, effect) : null,
    ),
  );
  const rows = run.months.map((m, t) => [m, months.mean[t], months.low?.[t] ?? null, months.high?.[t] ?? null] as (string | number | null)[]).filter((row) => row[1] !== null);
  for (const dot of dots) rows.push([`${text.observed} ${dot.from} – ${dot.until}`, dot.value, null, null]);
  return figure(state, {
    name: indicator.name,
    title,
    note: `${indicator.unit[language]}, ${text.last_year}`,
    summary: `${title}, ${place}: ${number(last, indicator.show, language)} ${indicator.unit[language]} (${text.last_year})${change === null ? '' : `, ${difference(change, indicator.show, language)} ${text.since_start}`}.`,
    head,
    draw: (width) => line_chart({ width, height: 150, months: run.months, lines: [{ name: title, ...months }], dots, show: indicator.show, language, simulated_word: text.simulated, observed_word: text.observed }),
    data: { columns: [text.month, `${title} (${indicator.unit[language]})`, text.low, text.high], rows },
    more: html('details', { class: 'definition' }, html('summary', {}, text.definition), html('p', {}, `${text.published_by}: ${indicator.outside}.`), html('p', {}, `${text.made_of}: ${made_of(indicator)}. ${indicator.window === 12 ? text.window12 + '.' : ''}`)),
    class: 'card',
  });
}

/** The series that an indicator is made of, in their own words. */
export function made_of(indicator: Indicator): string {
  const side = (selections: Indicator['top']) => selections.map((s) => (s.sign < 0 ? '− ' : '') + s.series + Object.entries(s.where).map(([d, labels]) => ` [${d.replaceAll('_', ' ')}: ${labels.join(', ')}]`).join('')).join(' + ');
  return indicator.bottom.length > 0 ? `${side(indicator.top)} / ${side(indicator.bottom)}` : side(indicator.top);
}

const opened = new Set<Pillar>();

function pillar_section(state: State, run: Run, pillar: Pillar): HTMLElement {
  const text = state.text;
  const all = state.specification.indicators.filter((one) => one.pillar === pillar && run.indicators[one.name]);
  const grid = html('div', { class: 'cards' });
  const more = html('button', { type: 'button', class: 'more' });
  const fill = () => {
    const shown = opened.has(pillar) ? all : all.filter((one) => one.core);
    grid.replaceChildren(...shown.map((one) => card(state, run, one)));
    more.textContent = opened.has(pillar) ? text.core_indicators : `${text.all_indicators} (${all.length})`;
    more.setAttribute('aria-expanded', String(opened.has(pillar)));
  };
  more.addEventListener('click', () => {
    if (!opened.delete(pillar)) opened.add(pillar);
    fill();
  });
  fill();
  return html('section', { class: `pillar ${pillar}`, 'aria-labelledby': `pillar-${pillar}` }, html('header', {}, html('h2', { id: `pillar-${pillar}` }, text[pillar]), html('p', {}, text[`${pillar}_long`])), grid, all.some((one) => !one.core) ? more : null);
}

export function overview(state: State): HTMLElement {
  const run = state.run;
  const text = state.text;
  if (!run) return html('div', {}, html('p', { class: 'missing' }, text.no_run));
  const period = `${month(run.months[0], state.choice.language)} ${text.from_to} ${month(run.months.at(-1) as string, state.choice.language)}`;
  const legend = html(
    'p',
    { class: 'legend' },
    html('span', { class: 'key line' }, text.simulated),
    run.replicates > 1 ? html('span', { class: 'key band' }, `${text.interval_replicates} (${run.replicates})`) : null,
    html('span', { class: 'key dot' }, text.observed),
    html('span', { class: 'key open' }, `${text.observed}, ${text.other_definition}`),
    html('span', {}, period),
  );
  return html('div', {}, legend, ...pillars.map((pillar) => pillar_section(state, run, pillar)));
}
