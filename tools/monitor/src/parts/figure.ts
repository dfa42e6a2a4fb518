// A picture with its table, its downloads and its words for those who do not see it.
import { html, svg } from './dom';
import { csv_of, save_csv, save_svg, type Data } from './download';
import type { State } from './state';

export interface FigureParts {
  /** Part of file names; also the id of the element. */
  name: string;
  title: string;
  /** Under the title: unit, period. */
  note?: string;
  /** One sentence that says what the picture shows. */
  summary: string;
  draw: (width: number) => SVGElement;
  data: Data;
  /** Above the picture. */
  head?: HTMLElement;
  /** Below it. */
  foot?: HTMLElement;
  /** Behind the downloads. */
  more?: HTMLElement;
  class?: string;
}

const drawn = new WeakMap<Element, (width?: number) => void>();
/** Pictures are drawn when they come into view, and all of them for print. */
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries)
      if (entry.isIntersecting) {
        drawn.get(entry.target)?.();
        watcher.unobserve(entry.target);
      }
  },
  { rootMargin: '300px' },
);

/** Widths on a sheet of A4: two cards side by side, everything else alone. */
const print_width = 660, print_width_of_card = 320;

/** Every picture anew, as wide as paper has room: one that is only scaled down has letters too small to read. */
export function draw_for_print(root: ParentNode): void {
  for (const place of root.querySelectorAll('.picture')) {
    place.replaceChildren();
    drawn.get(place)?.(place.closest('.card') ? print_width_of_card : print_width);
  }
}

/** The screen's pictures again. */
export function draw_for_screen(root: ParentNode): void {
  for (const place of root.querySelectorAll('.picture')) {
    place.replaceChildren();
    watcher.unobserve(place);
    watcher.observe(place);
  }
}

export function data_table(data: Data, caption: string): HTMLTableElement {
  return html(
    'table',
    {},
    html('caption', {}, caption),
    html('thead', {}, html('tr', {}, ...data.columns.map((column) => html('th', { scope: 'col' }, column)))),
    html('tbody', {}, ...data.rows.map((row) => html('tr', {}, ...row.map((cell, i) => html(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : { class: typeof cell === 'number' ? 'number' : '' }, cell === null ? '–' : String(cell)))))),
  );
}

export function figure(state: State, parts: FigureParts): HTMLElement {
  const text = state.text;
  const picture = html('div', { class: 'picture' });
  const draw = (width = picture.clientWidth) => {
    if (picture.firstChild || width === 0) return;
    const made = parts.draw(width);
    made.setAttribute('role', 'img');
    made.setAttribute('aria-label', parts.summary);
    // One image with one name: its parts, which Plot names too, say nothing beside it.
    const parts_of_it = svg('g', { 'aria-hidden': 'true' }, ...made.childNodes);
    made.append(parts_of_it);
    picture.replaceChildren(made);
  };
  drawn.set(picture, draw);
  watcher.observe(picture);
  const shown = html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${text.show_table}: ${parts.title}` });
  const table = html('details', { class: 'table', toggle: () => !shown.firstChild && shown.append(data_table(parts.data, parts.title)) }, html('summary', { 'aria-label': `${text.show_table}: ${parts.title}` }, text.show_table), shown);
  const actions = html(
    'div',
    { class: 'actions' },
    table,
    html('button', { type: 'button', class: 'csv', 'aria-label': `${text.download_csv}: ${parts.title}`, click: () => save_csv(parts.name, parts.data) }, text.download_csv),
    html('button', { type: 'button', class: 'svg', 'aria-label': `${text.download_svg}: ${parts.title}`, click: () => { draw(); const made = picture.querySelector('svg'); if (made) save_svg(parts.name, made, parts.title); } }, text.download_svg),
    parts.more,
  );
  const made = html('figure', { id: `figure-${parts.name}`, class: parts.class ?? '' }, html('figcaption', {}, html('h3', {}, parts.title), parts.note ? html('p', { class: 'unit' }, parts.note) : null), parts.head, picture, parts.foot, actions);
  (made as HTMLElement & { csv: () => string }).csv = () => csv_of(parts.data);
  return made;
}
