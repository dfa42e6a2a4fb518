// Figures on the page are those of the file, whatever is chosen.
import { readFileSync } from 'node:fs';
import { expect, expect_near, expected, open_table, report, test, value_of } from './page';

test('figures of all regions are those of the file', async ({ watched: page }) => {
  await page.goto(report);
  for (const [indicator, by_region] of Object.entries(expected.run)) expect_near(await value_of(page, indicator), by_region['']);
  // What a reader sees is the same figure, rounded.
  const four = Number(expected.run.technicians_at_work[''].toPrecision(4));
  await expect(page.locator('.headline[data-indicator="technicians_at_work"]')).toHaveText(four.toLocaleString('en-GB'));
});

test('a region is chosen by list, map and chooser, and every figure follows', async ({ watched: page }) => {
  await page.goto(report);
  await page.selectOption('#region', 'Brainport');
  for (const [indicator, by_region] of Object.entries(expected.run)) expect_near(await value_of(page, indicator), by_region.Brainport);
  await page.locator('button.region[data-region="Zuid-Limburg"]').click();
  expect_near(await value_of(page, 'technicians_at_work'), expected.run.technicians_at_work['Zuid-Limburg']);
  await expect(page.locator('#region')).toHaveValue('Zuid-Limburg');
  await page.locator('#figure-map').scrollIntoViewIfNeeded();
  await page.locator('#figure-map svg text', { hasText: 'Groot-Rijnmond' }).click({ position: { x: 30, y: 9 } });
  expect_near(await value_of(page, 'technicians_at_work'), expected.run.technicians_at_work['Groot-Rijnmond']);
  await expect(page.locator('button.region[data-region="Groot-Rijnmond"]')).toHaveAttribute('aria-pressed', 'true');
});

test('the effect of a scenario is that of the file, and follows the chooser', async ({ watched: page }) => {
  await page.goto(report);
  const names = Object.keys(expected.comparison);
  expect(names.length).toBe(2);
  for (const arm of names) {
    await page.selectOption('#scenario', { label: arm });
    const rows = await open_table(page, 'effect-core');
    for (const [difference, low, high] of Object.values(expected.comparison[arm])) {
      const row = rows.filter({ hasText: String(difference) }).filter({ hasText: String(low) }).filter({ hasText: String(high) });
      await expect(row.first()).toBeAttached(); // the table is drawn after the choice
    }
  }
});

test('the language changes words and numbers', async ({ watched: page }) => {
  await page.goto(report);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.locator('#language').focus();
  await page.selectOption('#language', 'nl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await expect(page.locator('h1')).toHaveText('Arbeidsmarkt voor techniek en ICT');
  const four = Number(expected.run.technicians_at_work[''].toPrecision(4));
  await expect(page.locator('.headline[data-indicator="technicians_at_work"]')).toHaveText(four.toLocaleString('nl-NL'));
  await expect(page.locator('#language')).toBeFocused();
});

test('a measure is chosen, and its spending alone is shown', async ({ watched: page }) => {
  await page.goto(report);
  await page.selectOption('#measure', 'M1');
  const measures = await (await open_table(page, 'spending-by-year')).locator('td:nth-child(2)').allTextContents();
  expect(new Set(measures)).toEqual(new Set(['M1']));
});

test('flows are those of the file', async ({ watched: page }) => {
  await page.goto(report);
  const all_rows = await open_table(page, 'flows');
  await expect(all_rows).toHaveCount(Object.keys(expected.flows).length);
  const rows = await all_rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const shown = rows.map((row) => Number(row[2])).sort((a, b) => a - b), wanted = Object.values(expected.flows).map(Math.round).sort((a, b) => a - b);
  expect(shown).toEqual(wanted);
});

test('parameters and sources stand on the page, and can be searched', async ({ watched: page }) => {
  await page.goto(report);
  await expect(page.locator('#sources [role=status]')).toHaveText(`${expected.parameters} rows`);
  await page.fill('#parameter-search', 'demand.adjustment');
  await expect(page.locator('#sources tbody tr').first()).toContainText('demand.adjustment');
});

test('what a picture shows comes as CSV and SVG', async ({ watched: page }) => {
  await page.goto(report);
  const [csv] = await Promise.all([page.waitForEvent('download'), page.locator('#figure-technicians_at_work button.csv').click()]);
  const lines = readFileSync((await csv.path()) as string, 'utf8').trim().split('\n');
  expect(csv.suggestedFilename()).toBe('technicians_at_work.csv');
  const months = lines.filter((line) => /^20\d\d-\d\d,/.test(line)).map((line) => Number(line.split(',')[1]));
  expect(months.length).toBe(121);
  expect_near(months.slice(-12).reduce((a, b) => a + b, 0) / 12, expected.run.technicians_at_work['']);
  const [svg] = await Promise.all([page.waitForEvent('download'), page.locator('#figure-technicians_at_work button.svg').click()]);
  const picture = readFileSync((await svg.path()) as string, 'utf8');
  expect(picture).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(picture).toContain('<title>Technicians at work</title>');
});
