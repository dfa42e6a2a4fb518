// The page: its head with the choosers, and a section for each subject. Everything is drawn anew when a reader chooses.
import { arms } from './model/comparison';
import type { Language } from './model/page';
import { html } from './parts/dom';
import { draw_for_print, draw_for_screen } from './parts/figure';
import type { State } from './parts/state';
import { flows } from './sections/flows';
import { goals } from './sections/goals';
import { money } from './sections/money';
import { overview } from './sections/overview';
import { policy } from './sections/policy';
import { reality } from './sections/reality';
import { regions } from './sections/regions';
import { sources } from './sections/sources';
import { other_tables, sweep } from './sections/sweep';

const subjects = [
  { id: 'overview', make: overview },
  { id: 'map', make: regions },
  { id: 'policy', make: policy },
  { id: 'goals', make: goals },
  { id: 'money', make: money },
  { id: 'flows', make: flows },
  { id: 'model', make: reality },
  { id: 'sweep', make: sweep },
  { id: 'tables', make: other_tables },
  { id: 'sources', make: sources },
] as const;

function chooser(id: string, word: string, options: { value: string; name: string }[], value: string, choose: (value: string) => void): HTMLElement {
  return html('div', { class: 'control' }, html('label', { for: id }, word), html('select', { id, change: (event) => choose((event.target as HTMLSelectElement).value) }, ...options.map((option) => html('option', { value: option.value, selected: option.value === value }, option.name))));
}

function choosers(state: State): HTMLElement {
  const text = state.text;
  const { choice, page } = state;
  const runs = page.files.map((file, i) => ({ file, i })).filter(({ file }) => file.kind === 'run');
  const scenarios = page.files.flatMap((file, i) => (file.kind === 'comparison' ? arms(file).map((arm, a) => ({ value: `${i}/${a}`, name: arm })) : []));
  for (const i of state.others) scenarios.push({ value: `run/${i}`, name: page.files[i].attributes.scenario || page.files[i].name });
  const measures = state.run?.policy.spending?.labels[0] ?? [];
  const known = state.run?.regions ?? state.specification.regions;
  return html(
    'form',
    { class: 'choosers', 'aria-label': text.contents, submit: (event) => event.preventDefault() },
    runs.length > 1 ? chooser('run', text.file, runs.map(({ file, i }) => ({ value: String(i), name: file.attributes.scenario && file.attributes.scenario !== '' ? `${file.attributes.scenario} (${file.name})` : file.name })), String(choice.run), (value) => state.set({ run: Number(value) })) : null,
    scenarios.length > 0 ? chooser('scenario', text.scenario, scenarios, state.other ? `run/${choice.other}` : `${choice.comparison}/${choice.arm}`, (value) => { const [file, arm] = value.split('/'); state.set(file === 'run' ? { other: Number(arm) } : { comparison: Number(file), arm: Number(arm), other: -1 }); }) : null,
    chooser('region', text.region, [{ value: '', name: text.all_regions_short }, ...known.map((name) => ({ value: name, name }))], choice.region, (region) => state.set({ region })),
    measures.length > 0 ? chooser('measure', text.measure, [{ value: '', name: text.all_measures }, ...measures.map((name) => ({ value: name, name: state.measure(name) }))], choice.measure, (measure) => state.set({ measure })) : null,
    chooser('language', text.language, [{ value: 'nl', name: 'Nederlands' }, { value: 'en', name: 'English' }], choice.language, (language) => state.set({ language: language as Language })),
  );
}

function facts_line(state: State): string {
  const file = state.run_file ?? state.page.files[0];
  if (!file) return '';
  const text = state.text;
  const scale = Number(file.attributes.scale);
  const parts = [file.attributes.source, scale ? `${scale.toLocaleString(state.choice.language === 'nl' ? 'nl-NL' : 'en-GB')} ${text.scale_note}` : '', state.run ? `${state.run.replicates} ${text.replicates}` : '', file.attributes.seed ? `${text.seed} ${file.attributes.seed}` : ''];
  return parts.filter(Boolean).join(' · ');
}

/** Builds the page into `root`, and again at every choice; the element that had the focus keeps it. `opener`: what opens further files. */
export function show(root: HTMLElement, state: State, opener?: () => HTMLElement): void {
  const draw = () => {
    const focus = document.activeElement?.id;
    const pressed = (document.activeElement as HTMLElement | null)?.dataset?.region;
    const at = window.scrollY;
    const text = state.text;
    document.documentElement.lang = state.choice.language;
    document.title = `${text.title} – Instroom`;
    const sections = subjects
      .map(({ id, make }) => ({ id, content: state.page.files.length > 0 ? make(state) : null }))
      .filter(({ content }) => content !== null)
      .map(({ id, content }) => ({ id, element: html('section', { id, class: 'subject', 'aria-label': text[id] }, id === 'overview' ? null : html('h2', { class: 'subject-title' }, text[id]), content) }));
    root.replaceChildren(
      html('a', { class: 'skip', href: '#main' }, text.skip),
      html('header', { class: 'top' }, html('div', { class: 'wide' }, html('p', { class: 'brand' }, 'Instroom'), html('h1', {}, text.title), html('p', { class: 'subtitle' }, text.subtitle), html('p', { class: 'warning' }, text.warning), opener?.())),
      html('div', { class: 'bar' }, html('div', { class: 'wide' }, choosers(state), html('nav', { 'aria-label': text.contents }, ...sections.map(({ id }) => html('a', { href: `#${id}` }, text[id]))))),
      html('main', { id: 'main', class: 'wide', tabindex: -1 }, ...sections.map(({ element }) => element)),
      html('footer', { class: 'wide' }, html('p', {}, facts_line(state))),
    );
    const again = pressed ? root.querySelector<HTMLElement>(`button[data-region="${CSS.escape(pressed)}"]`) : focus ? document.getElementById(focus) : null;
    again?.focus({ preventScroll: true });
    window.scrollTo(0, at);
  };
  state.on_change(draw);
  draw();
  // For tests and benches: when the page answers, and what it shows.
  performance.mark('instroom-shown');
  (window as Window & { instroom?: unknown }).instroom = state.page;
  window.addEventListener('beforeprint', () => draw_for_print(root));
  window.addEventListener('afterprint', () => draw_for_screen(root));
  let width = window.innerWidth, waiting = 0;
  window.addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      if (window.innerWidth !== width) draw();
      width = window.innerWidth;
    }, 200);
  });
}
