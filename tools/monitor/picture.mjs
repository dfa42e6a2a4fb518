// The picture of the README: node tools/monitor/picture.mjs PAGE.html SCENARIO PICTURE.png
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const [page_file, scenario, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1240, height: 1235 }, locale: 'en-GB' });
await page.goto(pathToFileURL(page_file).href);
await page.selectOption('#scenario', { label: scenario });
await page.locator('.headline').first().waitFor();
await page.waitForTimeout(500); // pictures are drawn as they come into view
await page.screenshot({ path: picture });
await browser.close();
