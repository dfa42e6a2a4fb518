// Figures made of series: the twin of experiments/figures/moments.cpp, held to it by a test that reads one file both ways.
import type { Moment, Selection } from '../model/page';

export interface Series {
  /** After replicate and time: region first. */
  dimensions: string[];
  shape: number[];
  /** [replicate][time][region][...], missing NaN. */
  values: Float64Array;
}

export interface Held {
  replicates: number;
  points: number;
  labels: (dimension: string) => string[];
  series: (name: string) => Series | undefined;
  persons_per_agent: number;
  nation_per_region_person: number;
}

/** Cells of a selection, as places in [region][...], with their labels' places. */
function cells_of(held: Held, selection: Selection, regions: string[]): { place: number; labels: number[] }[] {
  const series = held.series(selection.series) as Series;
  const chosen = series.dimensions.map((dimension, d) => {
    const wanted = d === 0 ? regions : selection.where[dimension];
    if (!wanted) return null;
    const labels = held.labels(dimension);
    return new Set(wanted.map((label) => labels.indexOf(label)));
  });
  const found: { place: number; labels: number[] }[] = [];
  const labels = series.dimensions.map(() => 0);
  const count = series.shape.reduce((a, b) => a * b, 1);
  for (let place = 0; place < count; ++place) {
    if (chosen.every((set, d) => set === null || set.has(labels[d]))) found.push({ place, labels: [...labels] });
    for (let d = labels.length; d-- > 0; ) {
      if (++labels[d] < series.shape[d]) break;
      labels[d] = 0;
    }
  }
  return found;
}

/** A moment of some regions, ready for any window of points. */
export class Reckoning {
  private readonly times: number;
  /** By side: sums by [replicate][time]; of a mean the weighted values and the weights. */
  private readonly top: Float64Array;
  private readonly bottom: Float64Array | null;

  constructor(
    private readonly moment: Moment,
    regions: string[],
    private readonly held: Held,
  ) {
    this.times = moment.times * (moment.scaling === 'none' ? 1 : held.persons_per_agent) * (moment.scaling === 'nation' ? held.nation_per_region_person : 1);
    if (moment.kind === 'mean') {
      [this.top, this.bottom] = this.weighted(regions);
    } else {
      this.top = this.sums(moment.top, regions);
      this.bottom = moment.bottom.length > 0 ? this.sums(moment.bottom, regions) : null;
    }
  }

  private sums(selections: Selection[], regions: string[]): Float64Array {
    const { replicates, points } = this.held;
    const sums = new Float64Array(replicates * points);
    for (const selection of selections) {
      const series = this.held.series(selection.series) as Series;
      const places = cells_of(this.held, selection, regions).map((cell) => cell.place);
      const count = series.shape.reduce((a, b) => a * b, 1);
      for (let i = 0; i < sums.length; ++i) for (const place of places) sums[i] += selection.sign * series.values[i * count + place];
    }
    return sums;
  }

  /** A mean weighted with the cells of the other series that share its labels; a mean of nobody is missing. */
  private weighted(regions: string[]): [Float64Array, Float64Array] {
    const { replicates, points } = this.held;
    const [value, weight] = [this.moment.top[0], this.moment.bottom[0]];
    const values = this.held.series(value.series) as Series, weights = this.held.series(weight.series) as Series;
    const same = values.dimensions.map((dimension) => weights.dimensions.indexOf(dimension));
    const by_labels = new Map<string, number[]>();
    for (const cell of cells_of(this.held, weight, regions)) {
      const key = same.map((d) => cell.labels[d]).join();
      by_labels.set(key, [...(by_labels.get(key) ?? []), cell.place]);
    }
    const pairs = cells_of(this.held, value, regions).map((cell) => ({ place: cell.place, weights: by_labels.get(cell.labels.join()) ?? [] }));
    const value_cells = values.shape.reduce((a, b) => a * b, 1), weight_cells = weights.shape.reduce((a, b) => a * b, 1);
    const top = new Float64Array(replicates * points), bottom = new Float64Array(replicates * points);
    for (let i = 0; i < top.length; ++i)
      for (const pair of pairs) {
        let here = 0;
        for (const place of pair.weights) here += weights.values[i * weight_cells + place];
        const there = values.values[i * value_cells + pair.place];
        if (here <= 0 || Number.isNaN(there)) continue;
        top[i] += here * there;
        bottom[i] += here;
      }
    return [top, bottom];
  }

  /** By replicate, over the points from first to last. */
  over(first: number, last: number): number[] {
    const { replicates, points } = this.held;
    const sum = (side: Float64Array, replicate: number) => {
      let all = 0;
      for (let t = first; t <= last; ++t) all += side[replicate * points + t];
      return all;
    };
    return Array.from({ length: replicates }, (_, r) => {
      if (this.moment.kind === 'growth') return this.times * (this.top[r * points + last] / this.top[r * points + first] - 1);
      if (this.bottom) return this.times * (sum(this.top, r) / sum(this.bottom, r));
      return (this.times * sum(this.top, r)) / (last - first + 1);
    });
  }
}
