// The page that `instroom report` writes: its data stand in it.
import { show } from './app';
import type { PageData } from './model/page';
import { State } from './parts/state';
import './style.css';

const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as PageData;
show(document.getElementById('page') as HTMLElement, new State(data));
