// What a picture shows, as a file. No network: the browser writes what is on the page.
import { font } from './palette';

export interface Data {
  columns: string[];
  rows: (string | number | null)[][];
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function field(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv_of(data: Data): string {
  return [data.columns, ...data.rows].map((row) => row.map(field).join(',')).join('\n') + '\n';
}

export function save_csv(name: string, data: Data): void {
  save(`${name}.csv`, 'text/csv;charset=utf-8', csv_of(data));
}

export function save_svg(name: string, picture: SVGElement, title: string): void {
  const copy = picture.cloneNode(true) as SVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('font-family', font);
  const heading = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  heading.textContent = title;
  copy.prepend(heading);
  save(`${name}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
}
