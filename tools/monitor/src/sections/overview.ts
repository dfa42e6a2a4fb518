// The three pillars: each indicator with its figure, its development, and what the scenario changes.
import { effects } from '../model/comparison';
import type { Indicator, Language, ObservedSeries, Pillar, Run, Value } from '../model/page';
import { development, paired_effect, type Change } from '../model/pairs';
import { line_chart, type Dot } from '../charts/lines';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { difference, month, number } from '../parts/format';
import { gain } from '../parts/palette';
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

/** What the scenario changes in the last year: by a comparison where it reckons this indicator, or by a second run. */
export function effect_of(state: State, indicator: Indicator, region_name = state.choice.region): Change | undefined {
  const run = state.run, other = state.other;
  if (run && other) {
    if (!run.indicators[indicator.name] || !other.indicators[indicator.name] || run.years.length === 0) return undefined;
    const place = run.regions.indexOf(region_name);
    return paired_effect(run, other, indicator.name, place < 0 ? run.regions.length : place, run.years.length - 1);
  }
  const file = state.comparison;
  const found = file && effects(file, state.choice.arm).find((e) => e.name === indicator.name && e.region === region_name && !e.national);
  return found && { value: found.difference, low: found.low, high: found.high, sure: found.sure };
}

export function interval(change: Change, show: Indicator['show'], language: Language): string {
  if (change.low === null) return '';
  // The unit of a share stands beside the figure already.
  const bare = (value: Value) => difference(value, show, language).split(' ')[0];
  return `${bare(change.low)} … ${bare(change.high)}`;
}

function line_of(state: State, indicator: Indicator, name: string, change: Change, verdict: boolean): HTMLElement {
  const { language } = state.choice;
  return html(
    'div',
    { class: `change ${verdict && !change.sure ? 'unsure' : ''}` },
    html('dt', {}, name),
    html('dd', {}, difference(change.value, indicator.show, language), html('span', { class: 'interval' }, interval(change, indicator.show, language)), verdict && !change.sure ? html('span', { class: 'verdict' }, state.text.indistinguishable) : null),
  );
}

function card(state: State, run: Run, indicator: Indicator): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  const region = state.region_place(run);
  const years = points_of(run, indicator.name, 'years', region), months = points_of(run, indicator.name, 'months', region);
  const last = years.mean.filter((v) => v !== null).at(-1) ?? months.mean.filter((v) => v !== null).at(-1) ?? null;
  const grown = development(run, indicator.name, region);
  const dots = dots_of(state, run, indicator);
  const effect = effect_of(state, indicator);
  const other = state.other?.indicators[indicator.name] ? points_of(state.other, indicator.name, 'months', region) : undefined;
  const title = indicator.title[language];
  const place = state.choice.region || text.all_regions;
  const head = html(
    'div',
    { class: 'figures' },
    html('p', { class: 'headline', 'data-indicator': indicator.name, 'data-value': last ?? '' }, number(last, indicator.show, language)),
    html(
      'dl',
      { class: 'changes' },
      grown.value === null ? null : line_of(state, indicator, `${text.since} ${grown.from.slice(0, 4)}`, grown, false),
      effect ? line_of(state, indicator, text.policy_effect, effect, true) : null,
    ),
  );
  const rows = run.months.map((m, t) => [m, months.mean[t], months.low?.[t] ?? null, months.high?.[t] ?? null] as (string | number | null)[]).filter((row) => row[1] !== null);
  for (const dot of dots) rows.push([`${text.observed} ${dot.from} – ${dot.until}`, dot.value, null, null]);
  return figure(state, {
    name: indicator.name,
    title,
    note: `${indicator.unit[language]}, ${text.last_year}`,
    summary: `${title}, ${place}: ${number(last, indicator.show, language)} ${indicator.unit[language]} (${text.last_year})${grown.value === null ? '' : `, ${difference(grown.value, indicator.show, language)} ${text.since} ${grown.from.slice(0, 4)}`}${effect ? `. ${text.policy_effect}: ${difference(effect.value, indicator.show, language)} (${interval(effect, indicator.show, language)})` : ''}.`,
    head,
    draw: (width) => line_chart({ width, height: 150, months: run.months, lines: other ? [{ name: text.of_base, ...months }, { name: text.scenario, colour: gain, ...other }] : [{ name: title, ...months }], dots, show: indicator.show, language, simulated_word: text.simulated, observed_word: text.observed }),
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

export function overview(state: State): HTMLElement | null {
  const run = state.run;
  const text = state.text;
  if (!run) return null;
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
