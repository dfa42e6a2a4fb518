// A file of Instroom as the readers of this folder see it. Only what is asked for is read.
import type { Value } from '../model/page';

export interface Dataset {
  /** "group/name", at the root "name". */
  name: string;
  dimensions: string[];
  shape: number[];
  units: string;
  long_name: string;
  kind: string;
  is_text: boolean;
  is_scale: boolean;
}

export interface StoredFile {
  name: string;
  attributes: Record<string, string>;
  datasets: Dataset[];
  /** Row-major; missing values are null. */
  numbers: (dataset: Dataset) => Value[];
  /** Row-major, missing NaN; for large series. */
  reals: (dataset: Dataset) => Float64Array;
  texts: (dataset: Dataset) => string[];
}

export function cells(dataset: Dataset): number {
  return dataset.shape.reduce((a, b) => a * b, 1);
}
