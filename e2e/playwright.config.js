// Browser tests in Debian's Chromium against a served sample paper.
const { defineConfig } = require('@playwright/test');

const apart = /(articles|baseline|board|comments|durability|letters|media|midnight|moderation|newsroom|newsroom-keys|setting|splice|together|vectors|workflow)\.spec\.js/;

module.exports = defineConfig({
  testDir: 'tests',
  outputDir: 'results/artifacts',
  timeout: 60_000,
  // One paper is shared: a headline pushed by one test must not change the
  // page another one compares. Beside it run the tests that have papers of
  // their own or only look at shapes.
  workers: 2,
  projects: [
    { name: 'shared paper', testIgnore: apart, workers: 1 },
    { name: 'apart', testMatch: apart, workers: 1 },
  ],
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    baseURL: process.env.WARRAQ_URL,
    locale: 'ar',
    timezoneId: 'Asia/Damascus',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
});
