// A file of a run as the page shows it: the twin of experiments/monitor/monitor_run.cpp, held to it by a test that reads one file both ways.
import type { ByYear, Cells, Moment, Run, Specification, Value } from '../model/page';
import type { Dataset, StoredFile } from './hdf5';
import { Reckoning, type Held, type Series } from './moments';

const months_of_a_year = 12;
/** Replicates whose own values go to the page; as in C++. */
const most_pairs = 64;

function month_text(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** Months since the year 0 of a point of time, in days since January 2020. */
function month_of(days: string): number {
  const date = new Date(Date.UTC(2020, 0, 1 + Number(days)));
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function month_number(text: string): number {
  const [year, month] = text.split('-').map(Number);
  return year * 12 + month - 1;
}

/** Straight between neighbours in order. */
function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1), below = Math.floor(place), above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

class Collected {
  private readonly mean: Value[] = [];
  private readonly low: Value[] = [];
  private readonly high: Value[] = [];
  private readonly each: Value[] = [];
  add(values: number[]): void {
    const known = values.length > 0 && values.every(Number.isFinite);
    this.mean.push(known ? values.reduce((a, b) => a + b, 0) / values.length : null);
    if (values.length < 2) return;
    this.low.push(known ? quantile(values, 0.025) : null);
    this.high.push(known ? quantile(values, 0.975) : null);
  }
  /** The same, and every replicate's own value beside it. */
  add_each(values: number[]): void {
    this.add(values);
    this.each.push(...values.map((value) => (Number.isFinite(value) ? value : null)));
  }
  cells(): Cells {
    const made: Cells = this.low.length > 0 ? { mean: this.mean, low: this.low, high: this.high } : { mean: this.mean };
    return this.each.length > 0 ? { ...made, each: this.each } : made;
  }
}

export function read_run(file: StoredFile, specification: Specification): Run {
  const at = new Map(file.datasets.map((dataset) => [dataset.name, dataset]));
  const labels_of = (name: string) => file.texts(at.get(name) as Dataset);
  const times = labels_of('time').map(month_of), regions = labels_of('region'), replicates = labels_of('replicate').length;
  const points = times.length, first = times[0];
  const labels = new Map<string, string[]>(), held_series = new Map<string, Series | undefined>();
  const inhabitants = regions.reduce((sum, region) => sum + (specification.inhabitants[region] ?? 0), 0);
  const held: Held = {
    replicates,
    points,
    labels: (dimension) => {
      if (!labels.has(dimension)) labels.set(dimension, labels_of(dimension));
      return labels.get(dimension) as string[];
    },
    series: (name) => {
      if (!held_series.has(name)) {
        const dataset = at.get(name);
        const whole = dataset && dataset.dimensions[0] === 'replicate' && dataset.dimensions[1] === 'time' && dataset.dimensions[2] === 'region';
        held_series.set(name, whole ? { dimensions: dataset.dimensions.slice(2), shape: dataset.shape.slice(2), values: file.reals(dataset) } : undefined);
      }
      return held_series.get(name);
    },
    persons_per_agent: 1 / Number(file.attributes.scale || '1'),
    nation_per_region_person: specification.inhabitants.NL / inhabitants,
  };
  /** The series, and every dimension and label that is chosen: files of other versions may lack some. */
  const holds = (moment: Moment) =>
    [...moment.top, ...moment.bottom].every((selection) => {
      const series = held.series(selection.series);
      return series !== undefined && Object.entries(selection.where).every(([dimension, wanted]) => series.dimensions.includes(dimension) && wanted.every((label) => held.labels(dimension).includes(label)));
    });
  const ends: number[] = [];
  for (let t = (points - 1) % months_of_a_year; t < points; t += months_of_a_year) if (t >= months_of_a_year) ends.push(t);

  const indicators: Run['indicators'] = {};
  for (const indicator of specification.indicators) {
    if (!holds(indicator)) continue;
    const monthly = new Collected(), yearly = new Collected();
    for (let r = 0; r <= regions.length; ++r) {
      const reckoning = new Reckoning(indicator, r < regions.length ? [regions[r]] : regions, held);
      for (let t = 0; t < points; ++t) monthly.add(t + 1 < indicator.window ? Array<number>(replicates).fill(NaN) : reckoning.over(t + 1 - indicator.window, t));
      for (const t of ends) {
        const values = reckoning.over(t + 1 - months_of_a_year, t);
        if (replicates > most_pairs) yearly.add(values);
        else yearly.add_each(values);
      }
    }
    indicators[indicator.name] = { months: monthly.cells(), years: yearly.cells() };
  }

  const observed: Run['observed'] = {};
  for (const series of specification.observed) {
    if (!holds(series) || !series.regions.every((region) => regions.includes(region))) continue;
    const reckoning = new Reckoning(series, series.regions.length > 0 ? series.regions : regions, held);
    const cells = new Collected(), periods: string[] = [];
    for (const figure of series.figures) {
      // A figure of a month stands at the point of time that ends it.
      const last = month_number(figure.until) + 1 - first, begin = series.at_end ? last : month_number(figure.from) + 1 - first;
      if (begin < 1 || last >= points) continue;
      periods.push(figure.period);
      cells.add(reckoning.over(begin, last));
    }
    if (periods.length > 0) observed[series.name] = { periods, ...cells.cells() };
  }

  const by_year = (name: string, factor: number): ByYear | undefined => {
    const dataset = at.get(name);
    if (!dataset || dataset.dimensions[1] !== 'time' || dataset.dimensions[2] !== 'region' || dataset.shape[1] !== points) return undefined;
    const values = file.reals(dataset);
    const count = dataset.shape.slice(2).reduce((a, b) => a * b, 1);
    if (count * dataset.shape[0] === 0) return undefined;
    const group = name.includes('/') ? name.slice(0, name.lastIndexOf('/') + 1) : '';
    const sums: Value[] = [];
    for (const end of ends)
      for (let c = 0; c < count; ++c) {
        let sum = 0;
        for (let r = 0; r < dataset.shape[0]; ++r)
          for (let t = end + 1 - months_of_a_year; t <= end; ++t) {
            const value = values[(r * points + t) * count + c];
            if (Number.isFinite(value)) sum += value;
          }
        sums.push((factor * sum) / dataset.shape[0]);
      }
    return { labels: dataset.dimensions.slice(3).map((dimension) => labels_of(at.has(dimension) ? dimension : group + dimension)), values: sums };
  };
  const policy: Run['policy'] = {};
  for (const dataset of file.datasets) {
    const name = dataset.name.startsWith('policy/') ? dataset.name.slice('policy/'.length) : '';
    if (!['spending', 'participants', 'placements'].includes(name)) continue;
    const values = by_year(dataset.name, name === 'spending' ? 1 : held.persons_per_agent);
    if (values) policy[name] = values;
  }
  return { months: times.map(month_text), years: ends.map((t) => month_text(times[t] - 1)), regions, replicates, persons_per_agent: held.persons_per_agent, nation_per_region_person: held.nation_per_region_person, indicators, observed, flows: by_year('technical_flow', held.persons_per_agent), policy };
}
