// The page that reads files itself: a reader drops one, and it never leaves the computer.
import { show } from './app';
import type { PageData } from './model/page';
import { html } from './parts/dom';
import { State } from './parts/state';
import type { Answer } from './read/worker';
import ReadingWorker from './read/worker?worker&inline';
import specification from './specification.json';
import './style.css';

const state = new State(structuredClone(specification) as unknown as PageData);
const said: { text: string; wrong: boolean } = { text: '', wrong: false };
let worker: Worker | undefined;

function say(text: string, wrong: boolean): void {
  Object.assign(said, { text, wrong });
  const place = document.querySelector('.said');
  if (place) {
    place.textContent = text;
    place.classList.toggle('wrong', wrong);
  }
}

function open(file: File): void {
  worker ??= new ReadingWorker();
  say(`${state.text.reading} ${file.name} …`, false);
  worker.onmessage = (event: MessageEvent<Answer>) => {
    if ('data' in event.data) {
      Object.assign(said, { text: `${state.text.opened}: ${file.name}`, wrong: false });
      state.add(event.data.data);
    } else {
      say(`${file.name} ${state.text[event.data.problem]}`, true);
    }
  };
  worker.onerror = () => say(`${file.name} ${state.text.damaged}`, true);
  worker.postMessage(file);
}

function opener(): HTMLElement {
  const text = state.text;
  const input = html('input', { type: 'file', id: 'file', accept: '.h5,.hdf5,.nc', change: () => { for (const file of input.files ?? []) open(file); } });
  return html('section', { class: 'opener', 'aria-label': text.drop_title }, html('h2', {}, text.drop_title), html('p', {}, text.drop), input, html('label', { for: 'file' }, text.choose_file), html('p', { class: `said ${said.wrong ? 'wrong' : ''}`, role: 'status' }, said.text));
}

addEventListener('dragover', (event) => {
  event.preventDefault();
  document.querySelector('.opener')?.classList.add('over');
});
addEventListener('dragleave', () => document.querySelector('.opener')?.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  document.querySelector('.opener')?.classList.remove('over');
  for (const file of (event as DragEvent).dataTransfer?.files ?? []) open(file);
});

show(document.getElementById('page') as HTMLElement, state, opener);
