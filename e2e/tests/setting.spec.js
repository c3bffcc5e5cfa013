// Papers that are hard to set: nothing overflows, is clipped or cut, and no
// column ends in a hole; at three widths and with text at 200 %.
const { test, expect } = require('@playwright/test');
const { blanks, faults, uneven } = require('../geometry');
const { harsh, papers } = require('../papers');

for (const kind of Object.keys(papers)) {
  test(`a ${kind} paper is set without overflow, clipping or holes`, async ({ browser }) => {
    const paper = await harsh(kind);
    try {
      for (const width of [360, 768, 1280]) {
        const page = await browser.newPage({ baseURL: paper.url, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
        await page.goto('/');
        expect(await page.locator('.ticker li').count()).toBe(15);
        expect(await page.locator('main article').count()).toBeGreaterThanOrEqual(15);
        expect(await page.evaluate(faults), `${kind} ${width}`).toEqual([]);
        const found = await page.evaluate(blanks);
        expect(found.length).toBeGreaterThan(10);
        // A story stands once, and pictures side by side are as high.
        const stories = await page.locator('main .lead h2 a, main .card h3 a, main .more a').evaluateAll((all) => all.map((link) => link.href));
        expect(new Set(stories).size, `${kind} ${width}`).toBe(stories.length);
        expect(await page.evaluate(uneven), `${kind} ${width}`).toEqual([]);
        // Beside the lead, a line or two of blank at most; elsewhere columns
        // of different words end at different heights, but never half empty.
        const holes = found.filter(({ row, blank, part }) => blank > (row.startsWith('front') ? 72 : 144) || (part > 0.5 && blank > 90));
        expect(holes, `${kind} ${width}`).toEqual([]);
        const elsewhere = ['/', '/section/s1', await page.locator('.lead h2 a').getAttribute('href')];
        for (const address of elsewhere) {
          await page.goto(address);
          await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
          expect(await page.evaluate(faults), `${kind} ${width} ${address} at 200 %`).toEqual([]);
        }
        await page.close();
      }
    } finally {
      await paper.end();
    }
  });
}
