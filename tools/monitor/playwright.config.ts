import { defineConfig } from '@playwright/test';

// Debian's Chromium; nothing is downloaded. The pages and files of the tests stand in the folder $MONITOR_FILES (tests/monitor/page.py makes them).
export default defineConfig({
  testDir: 'tests',
  outputDir: process.env.MONITOR_FILES ? `${process.env.MONITOR_FILES}/results` : undefined,
  workers: 2,
  fullyParallel: true,
  // The machine may have other work: a test that hangs is stopped, one that waits is not.
  timeout: 180_000,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
    acceptDownloads: true,
  },
});
