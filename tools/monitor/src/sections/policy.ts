// What a scenario changes: autonomous development and the effect of policy apart, with intervals.
import * as Plot from '@observablehq/plot';
import { amount, effects, type Effect } from '../model/comparison';
import type { Indicator, Language, Run, Show } from '../model/page';
import { development, paired_effect, type Change } from '../model/pairs';
import { bar_chart } from '../charts/bars';
import { effect_chart, type EffectRow } from '../charts/effects';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { difference, number, percent, tick } from '../parts/format';
import { ink, observed, quiet, rule, simulated } from '../parts/palette';
import type { State } from '../parts/state';
import { label } from '../words';
import { effect_of, interval, points_of } from './overview';

function row_of(name: string, effect: Effect, language: Language): EffectRow {
  return { name, value: effect.difference, low: effect.low, high: effect.high, sure: effect.sure, text: difference(effect.difference, 'count', language) };
}

function table_of(state: State, list: { name: string; effect: Effect }[]) {
  const text = state.text;
  return {
    columns: [text.outcome, text.of_base, text.effect, text.low, text.high, text.unit, ''],
    rows: list.map(({ name, effect }) => [name, effect.base, effect.difference, effect.low, effect.high, effect.unit, (effect.sure ? text.distinguishable : text.indistinguishable) + (effect.few ? `, ${text.few}` : '')]),
  };
}

function summary_of(list: { name: string; effect: Effect }[], state: State): string {
  const sure = list.filter(({ effect }) => effect.sure);
  const said = sure.map(({ name, effect }) => `${name} ${difference(effect.difference, 'count', state.choice.language)}`).join(', ');
  return sure.length > 0 ? `${state.text.distinguishable}: ${said}.` : `${state.text.indistinguishable}.`;
}

/** The ten core indicators on one scale: the effect as a share of the base. */
function core(state: State, all: Effect[]): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  const list = all.filter((e) => e.subject === 'indicator').map((effect) => {
    const indicator = state.specification.indicators.find((one) => one.name === effect.name);
    return { name: indicator?.title[language] ?? effect.meaning, show: (indicator?.show ?? 'count') as Show, effect };
  });
  const rows: EffectRow[] = list.map(({ name, show, effect }) => {
    const of_base = (value: number | null) => (value === null || !effect.base ? null : value / effect.base);
    return { name, value: of_base(effect.difference), low: of_base(effect.low), high: of_base(effect.high), sure: effect.sure, text: difference(effect.difference, show, language) };
  });
  return figure(state, { name: 'effect-core', title: text.core_effects, note: text.relative, summary: summary_of(list, state), draw: (width) => effect_chart({ width, rows, tick: (value) => percent(value, language) }), data: table_of(state, list) });
}

/** Effect at 6 to 60 months after the start. */
function over_time(state: State, all: Effect[]): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  const file = state.comparison as NonNullable<typeof state.comparison>;
  const months = (file.coordinates.months_after ?? []).map(Number);
  const points = [false, true].flatMap((national) =>
    months.flatMap((after) => {
      const effect = all.find((e) => e.name === `both_at_work_after_${after}${national ? '_national' : ''}`);
      return effect && effect.difference !== null ? [{ after, national, effect, name: `${after} ${text.months_after}, ${national ? text.national : text.inside}` }] : [];
    }),
  );
  const draw = (width: number) => {
    const rows = points.map((p) => ({ x: p.after + (p.national ? 0.9 : -0.9), y: p.effect.difference as number, low: p.effect.low ?? p.effect.difference, high: p.effect.high ?? p.effect.difference, colour: p.national ? observed : simulated, fill: p.effect.sure ? (p.national ? observed : simulated) : 'white' }));
    return Plot.plot({
      width,
      height: 240,
      marginLeft: 56,
      marginBottom: 36,
      style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' },
      x: { label: text.months_after, labelAnchor: 'center', labelArrow: 'none', ticks: months, tickFormat: (v: number) => String(v), tickSize: 0, domain: [0, 63] },
      y: { label: null, tickSize: 0, ticks: 4, tickFormat: (v: number) => tick(v, 'count', language), nice: true },
      marks: [
        Plot.gridY({ stroke: rule, strokeOpacity: 1, ticks: 4 }),
        Plot.ruleY([0], { stroke: ink }),
        Plot.ruleX(rows, { x: 'x', y1: 'low', y2: 'high', stroke: 'colour', strokeWidth: 2 }),
        Plot.dot(rows, { x: 'x', y: 'y', r: 4.5, stroke: 'colour', fill: 'fill', strokeWidth: 2 }),
      ],
    }) as SVGElement;
  };
  return figure(state, {
    name: 'effect-over-time',
    title: text.effect_over_time,
    note: language === 'nl' ? 'personen; open stip: niet te onderscheiden van toeval' : 'persons; open dot: cannot be told from noise',
    summary: summary_of(points, state),
    draw,
    data: table_of(state, points),
    foot: html('p', { class: 'legend' }, html('span', { class: 'key line' }, text.inside), html('span', { class: 'key dot' }, text.national)),
  });
}

function by(state: State, all: Effect[], subject: 'region' | 'education'): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  const list = all
    .filter((e) => e.subject === subject && !e.national)
    .map((effect) => {
      const technical = effect.name.startsWith('technicians');
      const who = technical ? text.technicians : text.ict_workers;
      const where = subject === 'region' ? effect.region : label(effect.name.replace(/^(technicians|ict_workers)_/, ''), language);
      return { name: `${where}: ${who}`, short: where, who, technical, effect };
    });
  const parts = [true, false].map((technical) => {
    const rows = list.filter((row) => row.technical === technical);
    const who = rows[0]?.who ?? '';
    return figure(state, {
      name: `effect-by-${subject}-${technical ? 'technicians' : 'ict'}`,
      title: `${subject === 'region' ? text.by_region : text.by_education}: ${who}`,
      note: language === 'nl' ? 'personen' : 'persons',
      summary: summary_of(rows, state),
      draw: (width) => effect_chart({ width, names: width < 480 ? 120 : 140, rows: rows.map(({ short, effect }) => row_of(short, effect, language)), tick: (value) => tick(value, 'count', language) }),
      data: table_of(state, rows),
    });
  });
  return html('div', { class: 'two' }, ...parts);
}

/** Participants, and what becomes of them: gross, deadweight, displacement, net. */
function gates(state: State): HTMLElement | null {
  const file = state.comparison as NonNullable<typeof state.comparison>;
  const { language, arm } = state.choice;
  const text = state.text;
  const after = file.coordinates.months_after?.length ?? 0;
  const last = Array.from({ length: after }, (_, i) => i).reverse().find((i) => amount(file, 'gross', arm * after + i).value !== null);
  if (last === undefined) return null;
  const parts = ([['participants', text.participants], ['gross', text.gross], ['deadweight', text.deadweight], ['displacement', text.displacement], ['net', text.net]] as const).map(([table, name]) => ({ ...amount(file, table, arm * after + last), name }));
  const note = `${file.coordinates.months_after[last]} ${text.months_after}`;
  const known = parts.filter((p) => p.value !== null);
  return figure(state, {
    name: 'gates',
    title: text.gates,
    note,
    summary: `${note}: ${known.map((p) => `${p.name} ${number(p.value, 'count', language)}`).join(', ')}.`,
    draw: (width) => bar_chart(width, known.map((p, i) => ({ name: p.name, value: p.value as number, low: p.low, high: p.high, text: number(p.value, 'count', language), colour: i < 2 ? simulated : i < 4 ? quiet : '#00694b' }))),
    data: { columns: [text.outcome, text.value, text.low, text.high], rows: parts.map((p) => [p.name, p.value, p.low, p.high]) },
  });
}

/** Start, end without the scenario, end with it: what comes by itself, and what the scenario adds, each with its interval. */
function apart(state: State): HTMLElement | null {
  const run = state.run;
  const { language, region } = state.choice;
  const text = state.text;
  const rows = ['technicians_at_work', 'ict_workers_at_work', 'technical_vacancies', 'technical_diplomas', 'unemployment_rate'].flatMap((name) => {
    const indicator = state.specification.indicators.find((one) => one.name === name) as Indicator;
    const effect = effect_of(state, indicator);
    if (!effect || effect.value === null) return [];
    const held = run?.indicators[name] && run.years.length > 0 ? run : undefined;
    const years = held ? points_of(held, name, 'years', state.region_place(held)).mean : [];
    const grown = held ? development(held, name, state.region_place(held)) : undefined;
    return [{ indicator, effect, grown, first: years.find((v) => v !== null) ?? null, last: years.at(-1) ?? null }];
  });
  if (rows.length === 0) return null;
  const cell = (change: Change | undefined, indicator: Indicator) => html('td', { class: change?.sure ? 'sure' : 'unsure' }, change ? difference(change.value, indicator.show, language) : '–', html('span', { class: 'interval' }, change ? interval(change, indicator.show, language) : ''));
  const table = html(
    'table',
    { class: 'apart' },
    html('caption', {}, `${text.apart_caption}${region ? `, ${region}` : ''}`),
    html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, text.indicator), ...[run?.years[0] ? run.years[0].slice(0, 4) : text.start, text.autonomous, run?.years.length ? `${(run.years.at(-1) as string).slice(0, 4)}, ${text.of_base}` : text.of_base, text.policy_effect].map((word) => html('th', { scope: 'col' }, word)))),
    html('tbody', {}, ...rows.map(({ indicator, effect, grown, first, last }) => html('tr', {}, html('th', { scope: 'row' }, indicator.title[language]), html('td', {}, number(first, indicator.show, language)), cell(grown, indicator), html('td', {}, number(last, indicator.show, language)), cell(effect, indicator)))),
  );
  return html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': text.apart_caption }, table);
}

/** Two runs that share their random numbers: every indicator in the last year, and two of them by year. */
function of_runs(state: State, run: Run, other: Run): HTMLElement {
  const { language } = state.choice;
  const text = state.text;
  const region = state.region_place(run), last = run.years.length - 1;
  const list = state.specification.indicators.filter((one) => run.indicators[one.name] && other.indicators[one.name]).flatMap((indicator) => {
    const effect = paired_effect(run, other, indicator.name, region, last);
    const base = points_of(run, indicator.name, 'years', region).mean[last];
    return effect.value === null || !base ? [] : [{ indicator, effect, base }];
  });
  const rows: EffectRow[] = list.map(({ indicator, effect, base }) => ({ name: indicator.title[language], value: (effect.value as number) / base, low: effect.low === null ? null : effect.low / base, high: effect.high === null ? null : effect.high / base, sure: effect.sure, text: difference(effect.value, indicator.show, language) }));
  const said = list.filter(({ effect }) => effect.sure).map(({ indicator, effect }) => `${indicator.title[language]} ${difference(effect.value, indicator.show, language)}`);
  const all = figure(state, {
    name: 'effect-core',
    title: `${text.policy_effect}, ${text.last_year}`,
    note: text.relative,
    summary: said.length > 0 ? `${text.distinguishable}: ${said.join(', ')}.` : `${text.indistinguishable}.`,
    draw: (width) => effect_chart({ width, rows, tick: (value) => percent(value, language) }),
    data: { columns: [text.indicator, text.of_base, text.effect, text.low, text.high, text.unit], rows: list.map(({ indicator, effect, base }) => [indicator.title[language], base, effect.value, effect.low, effect.high, indicator.unit[language]]) },
  });
  const years = ['technicians_at_work', 'ict_workers_at_work'].flatMap((name) => {
    const indicator = state.specification.indicators.find((one) => one.name === name);
    if (!indicator || !run.indicators[name] || !other.indicators[name]) return [];
    const changes = run.years.map((year, y) => ({ year: year.slice(0, 4), change: paired_effect(run, other, name, region, y) }));
    const title = `${text.effect_by_year}: ${indicator.title[language]}`;
    return [
      figure(state, {
        name: `effect-by-year-${name}`,
        title,
        note: indicator.unit[language],
        summary: changes.map(({ year, change }) => `${year} ${difference(change.value, indicator.show, language)}`).join(', '),
        draw: (width) => effect_chart({ width, names: 50, rows: changes.map(({ year, change }) => ({ name: year, value: change.value, low: change.low, high: change.high, sure: change.sure, text: difference(change.value, indicator.show, language) })), tick: (value) => tick(value, 'count', language) }),
        data: { columns: [text.year, text.effect, text.low, text.high], rows: changes.map(({ year, change }) => [year, change.value, change.low, change.high]) },
      }),
    ];
  });
  return html('div', { class: 'two' }, all, html('div', {}, ...years));
}

export function policy(state: State): HTMLElement | null {
  const run = state.run, other = state.other;
  if (run && other) return html('div', {}, html('p', { class: 'lead' }, state.text.policy_intro), apart(state), of_runs(state, run, other));
  const file = state.comparison;
  if (!file) return run ? html('p', { class: 'missing' }, state.text.no_comparison) : null;
  const all = effects(file, state.choice.arm);
  return html('div', {}, html('p', { class: 'lead' }, state.text.policy_intro), apart(state), html('div', { class: 'two' }, core(state, all), over_time(state, all)), by(state, all, 'region'), by(state, all, 'education'), gates(state));
}
