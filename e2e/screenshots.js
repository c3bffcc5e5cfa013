// Writes docs/screenshots/: front page and article at three widths, light and
// dark, a section, and the article on paper.
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('@playwright/test');
const { base, kinds } = require('./paper');

const folder = path.join(__dirname, '../docs/screenshots');
const heights = { 360: 1400, 768: 1300, 1280: 1300 };

(async () => {
  fs.mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const { home, article, section } = await kinds();
  for (const scheme of ['light', 'dark']) {
    for (const [width, height] of Object.entries(heights)) {
      const page = await browser.newPage({
        baseURL: base, colorScheme: scheme, reducedMotion: 'reduce', viewport: { width: Number(width), height },
      });
      for (const [kind, address] of Object.entries({ home, article })) {
        await page.goto(address, { waitUntil: 'load' });
        await page.screenshot({ path: path.join(folder, `${kind}-${width}-${scheme}.jpg`), type: 'jpeg', quality: Number(width) > 1000 ? 58 : 72 });
      }
      await page.close();
    }
  }
  const shot = async (name, address, width, media) => {
    const page = await browser.newPage({ baseURL: base, reducedMotion: 'reduce', viewport: { width, height: 1123 } });
    await page.emulateMedia({ media });
    await page.goto(address, { waitUntil: 'load' });
    await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: 72 });
    await page.close();
  };
  await shot('section-1280-light', section, 1280, 'screen');
  await shot('article-print', article, 794, 'print');
  await browser.close();
})();
