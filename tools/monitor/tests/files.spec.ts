// The page that reads files itself.
import { readFileSync } from 'node:fs';
import { expect, expect_near, expected, file, open, open_table, report, site, test, value_of } from './page';

/** Where two documents part: the path, and both values; empty where they do not but for the digits that a page keeps. */
function parting(a: unknown, b: unknown, path = ''): string {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) + 1e-12 ? '' : `${path}: ${a} and ${b}`;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return `${path}: ${a.length} and ${b.length} values`;
    for (let i = 0; i < a.length; ++i) {
      const found = parting(a[i], b[i], `${path}[${i}]`);
      if (found) return found;
    }
    return '';
  }
  if (a && b && typeof a === 'object' && typeof b === 'object') {
    const [left, right] = [a, b].map((one) => one as Record<string, unknown>);
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const found = parting(left[key], right[key], `${path}.${key}`);
      if (found) return found;
    }
    return '';
  }
  return a === b ? '' : `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
}

test('a file that is opened gives the page that `instroom report` writes', async ({ watched: page }) => {
  await page.goto(report);
  const written = await page.evaluate(() => JSON.stringify((window as never as { instroom: unknown }).instroom));
  await page.goto(site);
  for (const name of ['run.h5', 'effect.h5']) expect(await open(page, name)).toContain('Opened');
  const read = await page.evaluate(() => JSON.stringify((window as never as { instroom: unknown }).instroom));
  const [a, b] = [written, read].map((text) => JSON.parse(text) as { specification: unknown; files: { attributes: Record<string, string> }[] });
  expect(b.files.length).toBe(2);
  // Texts of real attributes differ in their last digits between the two readers' languages; numbers are compared as such.
  expect(parting(a.files, b.files)).toBe('');
  expect(parting(a.specification, b.specification)).toBe('');
});

test('a file is dropped on the page', async ({ watched: page }) => {
  await page.goto(site);
  const bytes = readFileSync(file('run.h5')).toString('base64');
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], 'run.h5'));
    return data;
  }, bytes);
  await page.dispatchEvent('.opener', 'drop', { dataTransfer: transfer });
  await expect(page.locator('.said')).toHaveText('Opened: run.h5', { timeout: 150_000 });
  expect_near(await value_of(page, 'technicians_at_work'), expected.run.technicians_at_work['']);
});

test('two runs with the same random numbers are held against each other', async ({ watched: page }) => {
  await page.goto(site);
  await open(page, 'run.h5');
  await expect(page.locator('#policy .missing')).toBeVisible();
  await open(page, 'other.h5');
  await expect(page.locator('#scenario option')).toHaveText(['without the plan']);
  const row = (await open_table(page, 'effect-core')).filter({ hasText: 'Technicians at work' });
  await expect(row).toHaveCount(1);
  const [, base, effect, low, high] = await row.locator('th, td').allTextContents();
  expect_near(Number(base), expected.run.technicians_at_work['']);
  [effect, low, high].forEach((text, i) => expect(Math.abs(Number(text) - expected.pair[i])).toBeLessThan(1));
});

test('damaged and foreign files are named, and the page stays as it was', async ({ watched: page }) => {
  await page.goto(site);
  expect(await open(page, 'text.h5')).toContain('text.h5 is no HDF5 file.');
  expect(await open(page, 'cut.h5')).toContain('cut.h5 is damaged and cannot be read.');
  expect(await open(page, 'foreign.h5')).toContain('foreign.h5 is an HDF5 file, but Instroom did not write it.');
  await expect(page.locator('.subject')).toHaveCount(0);
  await page.selectOption('#language', 'nl');
  expect(await open(page, 'cut.h5')).toContain('is beschadigd en niet te lezen.');
  expect(await open(page, 'effect.h5')).toContain('Geopend');
  await expect(page.locator('#policy')).toBeVisible();
});

test('a file of a kind that the page has no pictures for shows its tables', async ({ watched: page }) => {
  await page.goto(site);
  expect(await open(page, 'appraisal.h5')).toContain('Opened');
  await page.locator('#tables summary', { hasText: 'net_benefit' }).click();
  await expect(page.locator('#tables tbody tr').first()).toContainText('12.5');
});

test('a sweep of 200 MB opens while the page stays alive', async ({ watched: page }) => {
  await page.goto(site);
  await page.evaluate(() => {
    const watch = window as never as { longest: number };
    watch.longest = 0;
    let last = performance.now();
    setInterval(() => {
      watch.longest = Math.max(watch.longest, performance.now() - last);
      last = performance.now();
    }, 10);
  });
  const begin = Date.now();
  expect(await open(page, 'sweep.h5')).toContain('Opened');
  const seconds = (Date.now() - begin) / 1000;
  const longest = await page.evaluate(() => (window as never as { longest: number }).longest);
  console.log(`sweep of ${Math.round(readFileSync(file('sweep.h5')).length / 1e6)} MB: open after ${seconds.toFixed(1)} s; the page was busy for ${Math.round(longest)} ms at most`);
  // A page that reads by itself is silent all the time that it takes; the bound grows with it, for machines with other work.
  expect(longest).toBeLessThan(Math.max(1500, 500 * seconds));
  await page.locator('#figure-sweep').scrollIntoViewIfNeeded();
  await expect(page.locator('#figure-sweep svg circle').first()).toBeVisible();
});
