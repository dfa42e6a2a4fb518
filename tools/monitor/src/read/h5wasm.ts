// A file opened with h5wasm.
import type * as H5 from 'h5wasm';
import type { Dataset, StoredFile } from './hdf5';

type Entity = H5.Dataset | H5.Group;

function text_of(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object' && 'length' in (value as object)) return text_of((value as ArrayLike<unknown>)[0]);
  return String(value);
}

function attribute(entity: Entity, name: string): string {
  const found = entity.attrs[name];
  return found ? text_of(found.value) : '';
}

function described(name: string, dataset: H5.Dataset): Dataset {
  const metadata = dataset.metadata as { type: number };
  const shape = (dataset.shape ?? []).map(Number);
  const is_scale = attribute(dataset, 'CLASS') === 'DIMENSION_SCALE';
  const scales = is_scale ? [name.split('/').at(-1) as string] : dimensions_of(dataset, shape.length);
  const string_class = 3;
  return { name, dimensions: scales, shape, units: attribute(dataset, 'units'), long_name: attribute(dataset, 'long_name'), kind: attribute(dataset, 'kind'), is_text: metadata.type === string_class, is_scale };
}

/** Names of the dimension scales of a dataset, without folders. */
function dimensions_of(dataset: H5.Dataset, rank: number): string[] {
  return Array.from({ length: rank }, (_, axis) => {
    try {
      return (dataset.get_attached_scales(axis)[0] ?? '').split('/').at(-1) ?? '';
    } catch {
      return '';
    }
  });
}

/** Takes the module of h5wasm, so that tests can give that of Node. */
export function stored_file(h5wasm: { File: typeof H5.File }, path: string, name: string): StoredFile {
  const file = new h5wasm.File(path, 'r');
  const attributes: Record<string, string> = {};
  for (const key of Object.keys(file.attrs)) attributes[key] = attribute(file, key);
  const found = new Map<string, H5.Dataset>();
  const groups: string[] = [];
  const is_dataset = (entity: unknown): entity is H5.Dataset => typeof entity === 'object' && entity !== null && (entity as { type?: string }).type === 'Dataset';
  for (const key of file.keys()) {
    const entity = file.get(key);
    if (is_dataset(entity)) found.set(key, entity);
    else if (entity !== null) groups.push(key);
  }
  for (const group of groups)
    for (const key of (file.get(group) as H5.Group).keys?.() ?? []) {
      const entity = file.get(`${group}/${key}`);
      if (is_dataset(entity)) found.set(`${group}/${key}`, entity);
    }
  const reals = (dataset: Dataset) => {
    const entity = found.get(dataset.name) as H5.Dataset;
    const values = entity.value as ArrayLike<number | bigint> | number | bigint | null;
    const list = values === null ? [] : typeof values === 'number' || typeof values === 'bigint' ? [values] : values;
    const missing = entity.attrs._FillValue;
    const fill = missing && !(list instanceof Float64Array) ? Number(text_of(missing.value)) : NaN;
    return Float64Array.from(list as ArrayLike<number>, (value) => (Number(value) === fill ? NaN : Number(value)));
  };
  return {
    name,
    attributes,
    datasets: [...found].map(([key, entity]) => described(key, entity)),
    reals,
    numbers: (dataset) => Array.from(reals(dataset), (value) => (Number.isFinite(value) ? value : null)),
    texts: (dataset) => Array.from((found.get(dataset.name) as H5.Dataset).value as ArrayLike<unknown>, (value) => String(value)),
  };
}
