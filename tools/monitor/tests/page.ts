// What every test of a page has: no error in the console, no request but for the page itself, and the files that tests/monitor/page.py made.
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

export const folder = process.env.MONITOR_FILES as string;
export const file = (name: string) => `${folder}/${name}`;

/** Figures of the files, taken from them by Python. */
export interface Expected {
  /** By indicator, then region ("" for all): mean of the last twelve months over replicates. */
  run: Record<string, Record<string, number>>;
  /** By arm, then core indicator: difference, low and high as they stand in the file. */
  comparison: Record<string, Record<string, [number, number, number]>>;
  /** Into and out of technical and ICT work in the last year. */
  flows: Record<string, number>;
  parameters: number;
  /** Technicians at work in the last year, the other run less this one: mean and the 95 % interval of it over pairs. */
  pair: [number, number, number];
}
export const expected = JSON.parse(readFileSync(file('expected.json'), 'utf8')) as Expected;

export const test = base.extend<{ watched: Page }>({
  watched: async ({ page }, use) => {
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) wrong.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('request', (request) => {
      if (!/^(file|blob|data):/.test(request.url())) wrong.push(`request: ${request.url()}`);
    });
    await use(page);
    expect(wrong).toEqual([]);
  },
});

export const report = `file://${file('report.html')}`;
export const site = new URL('../built/site.html', import.meta.url).href;
export { expect };

export async function value_of(page: Page, indicator: string): Promise<number> {
  return Number(await page.locator(`.headline[data-indicator="${indicator}"]`).getAttribute('data-value'));
}

/** Equal but for the digits that a page keeps (experiments/monitor/monitor_run.cpp). */
export function expect_near(value: number, wanted: number): void {
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted));
}

/** Opens the table of a picture with the mouse and gives its rows. Pictures are drawn as they come into view and move what stands below: a click that misses is tried again. */
export async function open_table(page: Page, name: string): Promise<Locator> {
  const table = page.locator(`#figure-${name} details.table`), rows = table.locator('tbody tr');
  await expect(async () => {
    if (!(await table.evaluate((details: HTMLDetailsElement) => details.open))) await table.locator('summary').click();
    await expect(rows.first()).toBeAttached({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  return rows;
}

/** Opens a file in the page that reads files itself, and waits for what it says. */
export async function open(page: Page, name: string): Promise<string> {
  await page.setInputFiles('#file', file(name));
  await expect(page.locator('.said')).toHaveText(new RegExp(`${name.replace('.', '\\.')}(?! …)`), { timeout: 150_000 });
  await expect(page.locator('.said')).not.toHaveText(/ …$/, { timeout: 150_000 });
  return (await page.locator('.said').textContent()) ?? '';
}
