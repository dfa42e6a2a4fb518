// The data of a page. Made by `instroom report` (experiments/monitor/monitor_page.cpp) or, from a dropped file, by src/read. One structure for both.

export type Language = 'en' | 'nl';
export type Words = Record<Language, string>;
/** Missing figures are null, never 0. */
export type Value = number | null;

export interface Selection {
  series: string;
  /** -1: taken off. */
  sign: number;
  /** Labels that count, by dimension; of other dimensions all do. */
  where: Record<string, string[]>;
}

/** How a figure is made of series: the language of targets (experiments/figures/moment_words.hpp). */
export interface Moment {
  kind: 'ratio' | 'count' | 'mean' | 'growth';
  top: Selection[];
  bottom: Selection[];
  times: number;
  scaling: 'none' | 'persons' | 'nation';
}

export type Pillar = 'education' | 'labour_market' | 'innovation';
export type Show = 'count' | 'share' | 'ratio' | 'index';

export interface Indicator extends Moment {
  name: string;
  pillar: Pillar;
  /** Months that a value is taken over. */
  window: number;
  show: Show;
  core: boolean;
  title: Words;
  unit: Words;
  outside: string;
  observed: string[];
  goal_nation: number;
}

export interface Figure {
  period: string;
  from: string;
  until: string;
  value: number;
  error: number;
  unit: string;
  status: string;
  source: string;
  url: string;
}

export interface ObservedSeries extends Moment {
  name: string;
  family: string;
  region: string;
  regions: string[];
  at_end: boolean;
  adjusted: boolean;
  level: boolean;
  note: string;
  figures: Figure[];
}

export interface Specification {
  regions: string[];
  /** January 2021, by region; NL is the nation. */
  inhabitants: Record<string, number>;
  /** Titles of the library's measures, by name. */
  measures: Record<string, string>;
  indicators: Indicator[];
  observed: ObservedSeries[];
}

/** Mean over replicates, and where there are several their 2.5 and 97.5 % quantiles. */
export interface Cells {
  mean: Value[];
  low?: Value[];
  high?: Value[];
  /** Of years: every replicate's own value, [region][year][replicate]. */
  each?: Value[];
}

export interface ByYear {
  /** Of the dimensions after year and region. */
  labels: string[][];
  values: Value[];
}

export interface Run {
  /** Points of time, by the month that begins there. */
  months: string[];
  /** The last month of each year of twelve months, counted back from the end. */
  years: string[];
  regions: string[];
  replicates: number;
  persons_per_agent: number;
  nation_per_region_person: number;
  /** By indicator: [region, all last][month or year], row-major. */
  indicators: Record<string, { months: Cells; years: Cells }>;
  observed: Record<string, Cells & { periods: string[] }>;
  flows?: ByYear;
  policy: Record<string, ByYear>;
}

export interface Table {
  dimensions: string[];
  shape: number[];
  units: string;
  long_name: string;
  values: (Value | string)[];
}

export type Kind = 'run' | 'comparison' | 'assessment' | 'sweep' | 'other';

export interface FileData {
  name: string;
  kind: Kind;
  attributes: Record<string, string>;
  /** Labels of dimensions by name. */
  coordinates: Record<string, string[]>;
  tables: Record<string, Table>;
  run?: Run;
}

export interface PageData {
  format: number;
  program?: string;
  specification: Specification;
  files: FileData[];
}
