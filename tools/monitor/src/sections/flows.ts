// Into and out of technical and ICT work, as one picture.
import { flow_chart, type Flow } from '../charts/sankey';
import { effects } from '../model/comparison';
import { html } from '../parts/dom';
import { figure } from '../parts/figure';
import { number } from '../parts/format';
import type { State } from '../parts/state';
import { label } from '../words';

type Group = 'both' | 'technical' | 'ict';
const chosen: { group: Group; year: string } = { group: 'both', year: '' };

export function flows(state: State): HTMLElement | null {
  const run = state.run;
  const { language } = state.choice;
  const text = state.text;
  const totals = new Map<string, number>();
  let period = '';
  const groups: Group[] = ['both', 'technical', 'ict'];
  const years = run?.years ?? [];
  if (run?.flows && years.length > 0) {
    const [group_labels, pathways] = run.flows.labels;
    const region = state.region_place(run);
    const year = Math.max(0, years.indexOf(chosen.year) < 0 ? years.length - 1 : years.indexOf(chosen.year));
    period = years[year];
    group_labels.forEach((group, g) => {
      if (chosen.group !== 'both' && chosen.group !== group) return;
      pathways.forEach((pathway, p) => {
        // Whoever moves between the two groups neither comes nor goes where both are one.
        if (chosen.group === 'both' && pathway.endsWith('_group')) return;
        for (let r = 0; r < run.regions.length; ++r)
          if (region === run.regions.length || r === region) totals.set(pathway, (totals.get(pathway) ?? 0) + (run.flows?.values[((year * run.regions.length + r) * group_labels.length + g) * pathways.length + p] ?? 0));
      });
    });
  } else if (state.comparison) {
    period = language === 'nl' ? 'basis, sinds de start van het scenario' : 'base, since the start of the scenario';
    for (const effect of effects(state.comparison, state.choice.arm)) {
      if (effect.subject !== 'pathway' || effect.base === null) continue;
      const [, group, pathway] = /^(technicians|ict_workers)_(.*)$/.exec(effect.name) ?? [];
      if (!pathway || (chosen.group === 'technical' && group !== 'technicians') || (chosen.group === 'ict' && group !== 'ict_workers') || (chosen.group === 'both' && pathway.endsWith('_group'))) continue;
      totals.set(pathway, (totals.get(pathway) ?? 0) + effect.base);
    }
  }
  if (totals.size === 0) return null;
  const side = (start: string): Flow[] => [...totals].filter(([name]) => name.startsWith(start)).map(([name, value]) => ({ name: label(name, language), value, text: number(value, 'count', language) }));
  const into = side('in_'), out_of = side('out_');
  const sum = (list: Flow[]) => list.reduce((all, one) => all + one.value, 0);
  const again = () => state.set({});
  const controls = html(
    'div',
    { class: 'controls' },
    html('div', { class: 'control' }, html('label', { for: 'flow-group' }, text.group), html('select', { id: 'flow-group', change: (e) => { chosen.group = (e.target as HTMLSelectElement).value as Group; again(); } }, ...groups.map((group) => html('option', { value: group, selected: group === chosen.group }, text[group])))),
    run && years.length > 0 ? html('div', { class: 'control' }, html('label', { for: 'flow-year' }, text.year), html('select', { id: 'flow-year', change: (e) => { chosen.year = (e.target as HTMLSelectElement).value; again(); } }, ...years.map((year) => html('option', { value: year, selected: year === period }, year.slice(0, 4))))) : null,
  );
  const middle = text[chosen.group];
  return html(
    'div',
    {},
    html('p', { class: 'lead' }, text.flows_intro),
    controls,
    figure(state, {
      name: 'flows',
      title: `${text.into} / ${text.out_of.toLowerCase()}: ${middle}`,
      note: `${language === 'nl' ? 'personen' : 'persons'}, ${period.slice(0, 4).match(/\d{4}/) ? period.slice(0, 4) : period}`,
      summary: `${text.into} ${number(sum(into), 'count', language)}, ${text.out_of.toLowerCase()} ${number(sum(out_of), 'count', language)}.`,
      draw: (width) => flow_chart(width, middle, into, out_of),
      data: { columns: ['', text.flows, language === 'nl' ? 'personen' : 'persons'], rows: [...into.map((f) => [text.into, f.name, Math.round(f.value)]), ...out_of.map((f) => [text.out_of, f.name, Math.round(f.value)])] },
    }),
  );
}
