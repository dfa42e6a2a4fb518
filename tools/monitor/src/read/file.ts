// Any file of Instroom as the page shows it: the twin of experiments/monitor/monitor_page.cpp.
import type { FileData, Kind, Specification, Table, Value } from '../model/page';
import { cells, type Dataset, type StoredFile } from './hdf5';
import { read_run } from './run';

/** The same bound as in C++: larger datasets stay in the file. */
const most_cells = 20000;

/** Points of a sweep that a picture shows apart; as in C++. */
const most_points = 5000;

/** A factor or an outcome of a sweep: mean over replicates of as many points as a picture shows. */
function points_of(file: StoredFile, dataset: Dataset): Table {
  const values = file.reals(dataset);
  const points = dataset.shape[0], replicates = points === 0 ? 0 : values.length / points, step = Math.ceil(points / most_points);
  const means: Value[] = [];
  for (let p = 0; p < points; p += step) {
    let sum = 0, known = 0;
    for (let r = 0; r < replicates; ++r)
      if (Number.isFinite(values[p * replicates + r])) {
        sum += values[p * replicates + r];
        ++known;
      }
    means.push(known > 0 ? sum / known : null);
  }
  return { dimensions: dataset.dimensions, shape: dataset.shape.length > 1 ? [means.length, 1] : [means.length], units: dataset.units, long_name: dataset.long_name, values: means };
}

/** A file that Instroom did not write. */
export class Foreign extends Error {}

function kind_of(file: StoredFile): Kind {
  const has = (name: string) => (file.attributes[name] ?? '') !== '';
  if (has('schema_version')) return 'run';
  if (has('comparison_schema_version')) return 'comparison';
  if (has('assessment_schema_version')) return 'assessment';
  if (has('sweep_text')) return 'sweep';
  if ((file.attributes.source ?? '').startsWith('Instroom ')) return 'other';
  throw new Foreign(file.name);
}

export function read_file(file: StoredFile, specification: Specification): FileData {
  const kind = kind_of(file);
  const made: FileData = { name: file.name, kind, attributes: file.attributes, coordinates: {}, tables: {} };
  for (const dataset of file.datasets) {
    if (kind === 'sweep' && !dataset.is_text && dataset.dimensions[0] === 'point') {
      if (!dataset.is_scale && (dataset.dimensions.length === 1 || (dataset.dimensions.length === 2 && dataset.dimensions[1] === 'replicate'))) made.tables[dataset.name] = points_of(file, dataset);
      continue;
    }
    if (cells(dataset) > most_cells || (kind === 'run' && !/^(parameters|provenance)\//.test(dataset.name))) continue;
    if (dataset.is_scale) made.coordinates[dataset.name] = file.texts(dataset);
    else made.tables[dataset.name] = { dimensions: dataset.dimensions, shape: dataset.shape, units: dataset.units, long_name: dataset.long_name, values: dataset.is_text ? file.texts(dataset) : file.numbers(dataset) };
  }
  if (kind === 'run') made.run = read_run(file, specification);
  return made;
}
