// Where every number comes from: parameters with status and source, input tables, and the files themselves.
import type { FileData } from '../model/page';
import { html } from '../parts/dom';
import type { State } from '../parts/state';

const most_rows = 400;

function column(file: FileData, table: string): (string | number | null)[] {
  return file.tables[table]?.values ?? [];
}

function parameters(state: State, file: FileData): HTMLElement | null {
  const names = file.coordinates['parameters/parameter'] ?? [];
  if (names.length === 0 || !file.tables['parameters/value']) return null;
  const text = state.text;
  const all = names.map((name, i) => ({ name, value: column(file, 'parameters/value')[i], unit: String(column(file, 'parameters/unit')[i] ?? ''), status: String(column(file, 'parameters/status')[i] ?? ''), source: String(column(file, 'parameters/source')[i] ?? '') }));
  const statuses = [...new Set(all.map((row) => row.status))].filter(Boolean);
  const words: Record<string, string> = { observed: text.observed_status, derived: text.derived_status, recalled: text.recalled_status, assumed: text.assumed_status };
  const body = html('tbody', {}), count = html('p', { class: 'small', role: 'status' });
  const search = html('input', { id: 'parameter-search', type: 'search' }), status = html('select', { id: 'parameter-status' }, html('option', { value: '' }, text.all), ...statuses.map((s) => html('option', { value: s }, words[s] ?? s)));
  const fill = () => {
    const wanted = search.value.toLowerCase();
    const rows = all.filter((row) => (status.value === '' || row.status === status.value) && (row.name + ' ' + row.source).toLowerCase().includes(wanted));
    body.replaceChildren(...rows.slice(0, most_rows).map((row) => html('tr', {}, html('th', { scope: 'row' }, row.name), html('td', { class: 'number' }, row.value === null || row.value === undefined ? '–' : String(row.value)), html('td', {}, row.unit), html('td', {}, html('span', { class: `status ${row.status}` }, words[row.status] ?? row.status)), html('td', {}, row.source || '–'))));
    count.textContent = `${rows.length} ${text.rows}`;
  };
  search.addEventListener('input', fill);
  status.addEventListener('change', fill);
  fill();
  return html(
    'div',
    {},
    html('div', { class: 'controls' }, html('div', { class: 'control' }, html('label', { for: 'parameter-search' }, text.search), search), html('div', { class: 'control' }, html('label', { for: 'parameter-status' }, text.status), status), count),
    html('div', { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': text.parameter }, html('table', {}, html('caption', {}, text.parameter), html('thead', {}, html('tr', {}, ...[text.parameter, text.value, text.unit, text.status, text.source].map((word) => html('th', { scope: 'col' }, word)))), body)),
  );
}

function input_tables(state: State, file: FileData): HTMLElement | null {
  const files = column(file, 'provenance/file');
  if (files.length === 0) return null;
  const text = state.text;
  return html(
    'details',
    { class: 'block' },
    html('summary', {}, `${text.input_tables} (${files.length})`),
    html('div', { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': text.input_tables }, html('table', {}, html('caption', {}, text.input_tables), html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, text.file), html('th', { scope: 'col' }, text.source), html('th', { scope: 'col' }, 'SHA-256'))), html('tbody', {}, ...files.map((name, i) => html('tr', {}, html('th', { scope: 'row' }, String(name).split('/').at(-1) ?? ''), html('td', {}, String(column(file, 'provenance/source')[i] ?? '')), html('td', { class: 'digest' }, String(column(file, 'provenance/sha256')[i] ?? '').slice(0, 16))))))),
  );
}

function facts(state: State, file: FileData): HTMLElement {
  const shown = ['title', 'scenario', 'base', 'source', 'created', 'command_line', 'seed', 'population_seed', 'scale', 'uncertainty', 'draws', 'runs', 'design'];
  return html('details', { class: 'block' }, html('summary', {}, `${state.text.file_facts}: ${file.name}`), html('dl', { class: 'facts' }, ...shown.filter((name) => file.attributes[name]).flatMap((name) => [html('dt', {}, name.replaceAll('_', ' ')), html('dd', {}, file.attributes[name])])), file.attributes.scenario_text ? html('pre', { tabindex: 0 }, file.attributes.scenario_text) : null);
}

export function sources(state: State): HTMLElement {
  const file = state.run_file ?? state.page.files[0];
  return html('div', {}, html('p', { class: 'lead' }, state.text.sources_intro), file ? parameters(state, file) : null, file ? input_tables(state, file) : null, ...state.page.files.map((one) => facts(state, one)));
}
