// What a file of `instroom compare` says, by arm.
import type { FileData, Value } from './page';

export interface Effect {
  place: number;
  name: string;
  meaning: string;
  unit: string;
  region: string;
  subject: string;
  national: boolean;
  base: Value;
  difference: Value;
  low: Value;
  high: Value;
  sure: boolean;
  few: boolean;
  cost: Value;
  cost_low: Value;
  cost_high: Value;
}

function numbers(file: FileData, table: string): Value[] {
  return (file.tables[table]?.values ?? []) as Value[];
}

function texts(file: FileData, table: string): string[] {
  return (file.tables[table]?.values ?? []) as string[];
}

export function arms(file: FileData): string[] {
  return file.coordinates.arm ?? [];
}

/** Whether parameters were drawn: then the interval is that of the expected effect. */
export function has_draws(file: FileData): boolean {
  return numbers(file, 'expected_low').some((value) => value !== null);
}

/** Every outcome of an arm at the central wage elasticity. */
export function effects(file: FileData, arm: number): Effect[] {
  const outcomes = file.coordinates.outcome?.length ?? 0;
  const elasticities = file.coordinates.wage_elasticity?.length ?? 1;
  const at = (table: string, o: number) => numbers(file, table)[(arm * elasticities + 0) * outcomes + o] ?? null;
  const cost = (table: string, o: number) => numbers(file, table)[arm * outcomes + o] ?? null;
  const [low, high] = has_draws(file) ? ['expected_low', 'expected_high'] : ['mean_low', 'mean_high'];
  return Array.from({ length: outcomes }, (_, o) => ({
    place: o,
    name: texts(file, 'outcome_name')[o],
    meaning: texts(file, 'outcome_meaning')[o],
    unit: texts(file, 'outcome_unit')[o],
    region: texts(file, 'outcome_region')[o],
    subject: texts(file, 'outcome_subject')[o],
    national: texts(file, 'outcome_scope')[o] === 'national',
    base: at('base', o),
    difference: at('difference', o),
    low: at(low, o),
    high: at(high, o),
    sure: at('distinguishable', o) === 1,
    few: at('few_agents', o) === 1,
    cost: cost('cost_of_one_more', o),
    cost_low: cost('cost_of_one_more_low', o),
    cost_high: cost('cost_of_one_more_high', o),
  }));
}

export interface Amount {
  name: string;
  value: Value;
  low: Value;
  high: Value;
}

/** A table of arms by one further dimension, with its interval. */
export function amounts(file: FileData, table: string, dimension: string, arm: number): Amount[] {
  const labels = file.coordinates[dimension] ?? [];
  return labels.map((name, i) => {
    const at = (suffix: string) => numbers(file, table + suffix)[arm * labels.length + i] ?? null;
    return { name, value: at(''), low: at('_low'), high: at('_high') };
  });
}

/** One figure an arm. */
export function amount(file: FileData, table: string, arm: number): Amount {
  const at = (suffix: string) => numbers(file, table + suffix)[arm] ?? null;
  return { name: table, value: at(''), low: at('_low'), high: at('_high') };
}
