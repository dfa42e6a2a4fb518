// Keyboard, screen reader, phone, print, and how fast the page is.
import AxeBuilder from '@axe-core/playwright';
import { statSync } from 'node:fs';
import { expect, expect_near, expected, file, open, report, site, test, value_of } from './page';

for (const language of ['en', 'nl'] as const)
  test(`axe finds no serious fault (${language})`, async ({ watched: page }) => {
    await page.goto(report);
    await page.selectOption('#language', language);
    if (language === 'en') for (const more of await page.locator('button.more').all()) await more.click();
    await page.locator('#figure-flows').scrollIntoViewIfNeeded();
    // Hundreds of rows of one make are checked by their first ones.
    const found = await new AxeBuilder({ page }).exclude('#sources tbody tr:nth-child(n+4)').analyze();
    expect(found.violations.filter((one) => ['serious', 'critical'].includes(one.impact ?? '')).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)).toEqual([]);
  });

test('axe finds no serious fault on the page that opens files', async ({ watched: page }) => {
  await page.goto(site);
  await open(page, 'effect.h5');
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.filter((one) => ['serious', 'critical'].includes(one.impact ?? '')).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)).toEqual([]);
});

test('the keyboard alone chooses a region, opens a table and keeps its place', async ({ watched: page }) => {
  await page.goto(report);
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
  for (let i = 0; i < 10 && (await focused()) !== 'region'; ++i) await page.keyboard.press('Tab');
  await page.keyboard.press('B'); // one letter: of several, a slow machine takes each for a search of its own
  await expect(page.locator('#region')).toHaveValue('Brainport');
  await expect(page.locator('#region')).toBeFocused();
  expect_near(await value_of(page, 'technicians_at_work'), expected.run.technicians_at_work.Brainport);
  const in_table = () => page.evaluate(() => document.activeElement?.tagName === 'SUMMARY' && document.activeElement.closest('#figure-technical_diplomas') !== null);
  for (let i = 0; i < 60 && !(await in_table()); ++i) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('#figure-technical_diplomas table')).toBeVisible();
  const in_list = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.region ?? '');
  for (let i = 0; i < 150 && (await in_list()) !== 'IJmond'; ++i) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.locator('#region')).toHaveValue('IJmond');
  expect(await in_list()).toBe('IJmond');
});

test('every picture has a name and a table', async ({ watched: page }) => {
  await page.goto(report);
  await page.locator('#figure-flows').scrollIntoViewIfNeeded();
  await expect(page.locator('#figure-flows svg')).toHaveAttribute('aria-label', /\d/);
  const figures = await page.locator('figure').count();
  expect(figures).toBeGreaterThan(20);
  await expect(page.locator('figure details.table')).toHaveCount(figures);
});

test('a phone shows the page without scrolling sideways', async ({ watched: page }) => {
  await page.setViewportSize({ width: 375, height: 750 });
  await page.goto(report);
  for (const id of ['overview', 'map', 'policy', 'goals', 'money', 'flows', 'model', 'sources']) {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), id).toBeLessThanOrEqual(375);
  }
});

test('print leaves the choosers out and draws every picture', async ({ watched: page }) => {
  await page.goto(report);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.bar')).toBeHidden();
  await expect(page.locator('.picture > svg, .picture > figure')).toHaveCount(await page.locator('.picture').count());
});

test('the page of ten years is small and soon there', async ({ watched: page }) => {
  const size = statSync(file('report.html')).size;
  const seen: number[] = [];
  for (let i = 0; i < 3; ++i) {
    await page.goto(report);
    seen.push(await page.evaluate(() => performance.getEntriesByName('instroom-shown')[0].startTime));
  }
  console.log(`page of ten years: ${(size / 1e6).toFixed(2)} MB; interactive after ${seen.map((ms) => Math.round(ms)).join(', ')} ms`);
  expect(size).toBeLessThan(3e6);
});
