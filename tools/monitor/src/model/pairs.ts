// Changes with their intervals, replicate by replicate: of one run between years, and between two runs that share their random numbers.
import type { FileData, Run, Value } from './page';

export interface Change {
  value: Value;
  low: Value;
  high: Value;
  /** The interval does not hold zero. */
  sure: boolean;
}

/** Student's t at 97.5 % by degrees of freedom, 1 to 30; beyond, the normal law's is near enough. */
const student = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042];
const beyond = 1.96;

/** Mean of some differences and the 95 % interval of that mean; one alone has none, and is not sure. */
export function change_of(differences: number[]): Change {
  const n = differences.length;
  if (n === 0 || !differences.every(Number.isFinite)) return { value: null, low: null, high: null, sure: false };
  const mean = differences.reduce((a, b) => a + b, 0) / n;
  if (n < 2) return { value: mean, low: null, high: null, sure: false };
  const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1);
  const half = (student[n - 2] ?? beyond) * Math.sqrt(variance / n);
  return { value: mean, low: mean - half, high: mean + half, sure: half > 0 && Math.abs(mean) > half };
}

function each(run: Run, indicator: string, region: number, year: number): number[] {
  const cells = run.indicators[indicator]?.years;
  if (!cells) return [];
  const place = region * run.years.length + year;
  return cells.each ? cells.each.slice(place * run.replicates, (place + 1) * run.replicates).map((v) => v ?? NaN) : [cells.mean[place] ?? NaN];
}

/** From the first year of a run that has the indicator to its last. */
export function development(run: Run, indicator: string, region: number): Change & { from: string } {
  for (let year = 0; year + 1 < run.years.length; ++year) {
    const first = each(run, indicator, region, year), last = each(run, indicator, region, run.years.length - 1);
    if (first.every(Number.isFinite)) return { ...change_of(last.map((value, r) => value - first[r])), from: run.years[year] };
  }
  return { value: null, low: null, high: null, sure: false, from: '' };
}

/** Whether two runs share their random numbers and the program, so that their difference is the effect of what their scenarios differ in. */
export function are_paired(a: FileData, b: FileData): boolean {
  const alike = ['seed', 'population_seed', 'scale', 'source'].every((name) => a.attributes[name] === b.attributes[name]);
  return alike && a.run !== undefined && b.run !== undefined && a.run.replicates === b.run.replicates && a.run.months.join() === b.run.months.join() && a.run.regions.join() === b.run.regions.join();
}

/** Other less base in one year, pair by pair. */
export function paired_effect(base: Run, other: Run, indicator: string, region: number, year: number): Change {
  const before = each(base, indicator, region, year), after = each(other, indicator, region, year);
  return change_of(after.map((value, r) => value - before[r]));
}
