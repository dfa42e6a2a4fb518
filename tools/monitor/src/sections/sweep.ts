// A merged sweep: an outcome against a factor, point by point.
import * as Plot from '@observablehq/plot';
import type { FileData, Table, Value } from '../model/page';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { quiet, rule, simulated } from '../parts/palette';
import type { State } from '../parts/state';

const chosen = { factor: '', outcome: '' };

function by_point(table: Table): Value[] {
  const values = table.values as Value[];
  const replicates = table.dimensions.length > 1 ? table.shape[1] : 1;
  return Array.from({ length: table.shape[0] }, (_, p) => {
    const known = values.slice(p * replicates, (p + 1) * replicates).filter((v): v is number => v !== null);
    return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : null;
  });
}

export function sweep(state: State): HTMLElement | null {
  const file = state.of_kind('sweep').at(-1);
  if (!file) return null;
  const text = state.text;
  const tables = Object.entries(file.tables).filter(([name, table]) => table.dimensions[0] === 'point' && name !== 'status' && typeof table.values[0] !== 'string');
  const factors = tables.filter(([, table]) => table.dimensions.length === 1), outcomes = tables.filter(([, table]) => table.dimensions.length === 2 && table.dimensions[1] === 'replicate');
  if (factors.length === 0 || outcomes.length === 0) return html('p', { class: 'missing' }, text.no_data);
  const pick = (list: [string, Table][], name: string) => list.find(([one]) => one === name) ?? list[0];
  const [factor_name, factor] = pick(factors, chosen.factor), [outcome_name, outcome] = pick(outcomes, chosen.outcome);
  const x = by_point(factor), y = by_point(outcome);
  const rows = x.map((value, i) => ({ x: value, y: y[i] })).filter((row) => row.x !== null && row.y !== null);
  const control = (id: 'factor' | 'outcome', word: string, list: [string, Table][], name: string) =>
    html('div', { class: 'control' }, html('label', { for: `sweep-${id}` }, word), html('select', { id: `sweep-${id}`, change: (e) => { chosen[id] = (e.target as HTMLSelectElement).value; state.set({}); } }, ...list.map(([one, table]) => html('option', { value: one, selected: one === name }, table.long_name || one))));
  const title = `${outcome.long_name || outcome_name} – ${factor.long_name || factor_name}`;
  return html(
    'div',
    {},
    html('div', { class: 'controls' }, control('factor', text.factor, factors, factor_name), control('outcome', text.outcome, outcomes, outcome_name)),
    figure(state, {
      name: 'sweep',
      title,
      note: `${outcome.units}; ${rows.length} ${text.points}`,
      summary: `${title}: ${rows.length} ${text.points}.`,
      draw: (width) => Plot.plot({ width, height: 340, marginLeft: 70, marginBottom: 40, style: { fontSize: '12px', color: quiet, background: 'transparent', fontFamily: 'inherit' }, x: { label: factor.long_name || factor_name, labelArrow: 'none', labelAnchor: 'center', tickSize: 0 }, y: { label: null, tickSize: 0, grid: true }, marks: [Plot.gridY({ stroke: rule, strokeOpacity: 1 }), Plot.dot(rows, { x: 'x', y: 'y', r: 2.5, fill: simulated, fillOpacity: 0.55 })] }) as SVGElement,
      data: { columns: [factor_name, outcome_name], rows: rows.map((row) => [row.x, row.y]) },
    }),
  );
}

/** Files of a kind that this page has no pictures for: their datasets as tables. */
export function other_tables(state: State): HTMLElement | null {
  const files = state.of_kind('other');
  return files.length === 0 ? null : html('div', {}, ...files.map((file) => datasets(state, file)));
}

function datasets(state: State, file: FileData): HTMLElement {
  return html('div', {}, html('h3', {}, file.attributes.title ?? file.name), ...Object.entries(file.tables).map(([name, table]) => dataset(state, file, name, table)));
}

const most_cells = 2000;

function dataset(state: State, file: FileData, name: string, table: Table): HTMLElement {
  const text = state.text;
  const body = html('div', { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': name });
  const fill = () => {
    if (body.firstChild) return;
    const labels = table.dimensions.map((dimension, d) => file.coordinates[dimension] ?? Array.from({ length: table.shape[d] }, (_, i) => String(i)));
    const rows = table.values.slice(0, most_cells).map((value, i) => {
      let rest = i;
      const places = table.shape.map(() => 0);
      for (let d = table.shape.length; d-- > 0; rest = Math.floor(rest / table.shape[d])) places[d] = rest % table.shape[d];
      return html('tr', {}, ...places.map((p, d) => html('th', { scope: 'row' }, labels[d][p] ?? String(p))), html('td', { class: 'number' }, value === null ? '–' : String(value)));
    });
    body.append(html('table', {}, html('caption', {}, table.long_name || name), html('thead', {}, html('tr', {}, ...table.dimensions.map((d) => html('th', { scope: 'col' }, d)), html('th', { scope: 'col' }, `${text.value}${table.units ? ` (${table.units})` : ''}`))), html('tbody', {}, ...rows)));
  };
  return html('details', { class: 'block', toggle: fill }, html('summary', {}, `${name}${table.long_name ? `: ${table.long_name}` : ''}`), body);
}
