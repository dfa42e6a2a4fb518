// Reads a file beside the page, which stays alive. The file is read where it lies (WORKERFS): its bytes are never in memory as a whole.
import h5wasm from 'h5wasm';
import specification_page from '../specification.json';
import type { FileData, PageData, Specification } from '../model/page';
import { Foreign, read_file } from './file';
import { stored_file } from './h5wasm';

export type Answer = { data: FileData } | { problem: 'not_hdf5' | 'foreign' | 'damaged'; detail: string };

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const specification = (specification_page as unknown as PageData).specification as Specification;
let mounted = 0;

async function read(file: File): Promise<Answer> {
  const start = new Uint8Array(await file.slice(0, signature.length).arrayBuffer());
  if (!signature.every((byte, i) => start[i] === byte)) return { problem: 'not_hdf5', detail: '' };
  const { FS, activate_throwing_error_handler } = await h5wasm.ready;
  // What HDF5 has to say comes as an exception instead of a heap of lines in the console.
  activate_throwing_error_handler();
  const folder = `/file${mounted++}`;
  FS.mkdir(folder);
  // A name of our own: that of the file may hold anything.
  FS.mount(FS.filesystems.WORKERFS, { blobs: [{ name: 'file.h5', data: file }] }, folder);
  try {
    return { data: read_file(stored_file(h5wasm, `${folder}/file.h5`, file.name), specification) };
  } catch (error) {
    return { problem: error instanceof Foreign ? 'foreign' : 'damaged', detail: String(error) };
  } finally {
    FS.unmount(folder);
  }
}

addEventListener('message', (event: MessageEvent<File>) => {
  void read(event.data).then((answer) => postMessage(answer));
});
