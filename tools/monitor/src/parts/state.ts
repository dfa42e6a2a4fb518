// What a reader has chosen, and the files that are open.
import type { FileData, Language, PageData, Run, Specification } from '../model/page';
import { are_paired } from '../model/pairs';
import { words } from '../words';

export interface Choice {
  language: Language;
  /** Name of a region; empty: all. */
  region: string;
  /** Places in `files` of the run, of the comparison with its arm, and of a second run that is held against the first; -1: none. */
  run: number;
  comparison: number;
  arm: number;
  other: number;
  /** Empty: all. */
  measure: string;
  /** Indicator of the map. */
  mapped: string;
  /** Climate demand of an assessment. */
  demand: number;
}

export class State {
  readonly choice: Choice;
  private listeners: (() => void)[] = [];

  constructor(readonly page: PageData) {
    const language = navigator.language.startsWith('nl') ? 'nl' : 'en';
    this.choice = { language, region: '', run: -1, comparison: -1, arm: 0, other: -1, measure: '', mapped: 'technicians_at_work', demand: 0 };
    this.choose_files();
  }

  get specification(): Specification {
    return this.page.specification;
  }
  get text() {
    return words(this.choice.language);
  }
  get run_file(): FileData | undefined {
    return this.page.files[this.choice.run];
  }
  get run(): Run | undefined {
    return this.run_file?.run;
  }
  /** What a scenario is read from: a comparison, or a second run with the same random numbers. */
  get comparison(): FileData | undefined {
    return this.other ? undefined : this.page.files[this.choice.comparison];
  }
  get other(): Run | undefined {
    const base = this.run_file, other = this.page.files[this.choice.other];
    return base && other && base !== other && are_paired(base, other) ? other.run : undefined;
  }
  /** Runs that can be held against the one that is shown. */
  get others(): number[] {
    const base = this.run_file;
    return base ? this.page.files.flatMap((file, i) => (file !== base && are_paired(base, file) ? [i] : [])) : [];
  }
  /** A measure by its title, where the library has one. */
  measure(name: string): string {
    const title = this.specification.measures[name];
    return title ? `${name} ${title}` : name;
  }
  of_kind(kind: FileData['kind']): FileData[] {
    return this.page.files.filter((file) => file.kind === kind);
  }
  get assessment(): FileData | undefined {
    return this.of_kind('assessment').at(-1);
  }

  /** The place of the chosen region in values by region: all come last. */
  region_place(run: Run): number {
    const place = run.regions.indexOf(this.choice.region);
    return place < 0 ? run.regions.length : place;
  }

  private choose_files(): void {
    this.choice.run = this.page.files.findIndex((file) => file.kind === 'run');
    this.choice.comparison = this.page.files.findIndex((file) => file.kind === 'comparison');
    this.choice.arm = 0;
    if (this.choice.comparison < 0) this.choice.other = this.others[0] ?? -1;
  }

  add(file: FileData): void {
    this.page.files.push(file);
    const place = this.page.files.length - 1;
    // A run that can be held against the one that is shown is its scenario; any other takes its place.
    if (file.kind === 'run') {
      if (this.run_file && are_paired(this.run_file, file)) this.choice.other = place;
      else Object.assign(this.choice, { run: place, other: -1 });
    }
    if (file.kind === 'comparison') Object.assign(this.choice, { comparison: place, arm: 0, other: -1 });
    this.changed();
  }

  set(change: Partial<Choice>): void {
    Object.assign(this.choice, change);
    this.changed();
  }

  on_change(listener: () => void): void {
    this.listeners.push(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
