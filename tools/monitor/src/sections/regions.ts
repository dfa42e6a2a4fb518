// Where: a map and a list of the seven regions, of one indicator.
import { map_chart } from '../map/map';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { difference, number } from '../parts/format';
import type { State } from '../parts/state';
import { points_of } from './overview';

export function regions(state: State): HTMLElement | null {
  const run = state.run;
  if (!run) return null;
  const text = state.text;
  const { language, region: chosen } = state.choice;
  const known = state.specification.indicators.filter((one) => run.indicators[one.name]);
  const indicator = known.find((one) => one.name === state.choice.mapped) ?? known[0];
  if (!indicator) return null;
  const rows = run.regions.map((region, r) => {
    const years = points_of(run, indicator.name, 'years', r).mean.filter((v) => v !== null);
    const value = years.at(-1) ?? points_of(run, indicator.name, 'months', r).mean.filter((v) => v !== null).at(-1) ?? null;
    const change = years.length > 1 ? (years.at(-1) as number) - (years[0] as number) : null;
    return { region, value, change, text: number(value, indicator.show, language) };
  });
  const select = html('select', { id: 'mapped', change: (event) => state.set({ mapped: (event.target as HTMLSelectElement).value }) }, ...known.map((one) => html('option', { value: one.name, selected: one === indicator }, one.title[language])));
  const title = indicator.title[language];
  const choose = (region: string) => state.set({ region });
  const list = html(
    'div',
    { class: 'region-list' },
    ...rows.map((row) =>
      html('button', { type: 'button', class: 'region', 'aria-pressed': String(row.region === chosen), 'data-region': row.region, click: () => choose(row.region === chosen ? '' : row.region) }, html('span', { class: 'name' }, row.region), html('span', { class: 'value' }, row.text), html('span', { class: 'small' }, row.change === null ? '' : `${difference(row.change, indicator.show, language)} ${text.since_start}`)),
    ),
  );
  const summary = `${title}: ${rows.map((row) => `${row.region} ${row.text}`).join(', ')}.`;
  const data = { columns: [text.region, `${title} (${indicator.unit[language]})`, text.since_start], rows: rows.map((row) => [row.region, row.value, row.change] as (string | number | null)[]) };
  return html(
    'div',
    {},
    html('p', { class: 'lead' }, text.map_hint),
    html('div', { class: 'control' }, html('label', { for: 'mapped' }, text.choose_indicator), select),
    html(
      'div',
      { class: 'two' },
      figure(state, { name: 'map', title, note: `${indicator.unit[language]}, ${text.last_year}`, summary, draw: (width) => map_chart({ width, values: rows, chosen, choose }), data, foot: html('p', { class: 'small' }, text.sketch) }),
      list,
    ),
  );
}
