// Every page as a browser of 2018 shows it, without script: in order, readable,
// right to left.
const fs = require('node:fs');
const path = require('node:path');
const { test, expect } = require('@playwright/test');
const { of2018 } = require('../baseline');
const { faults } = require('../geometry');
const { base, kinds } = require('../paper');

const folder = path.join(__dirname, '../results/baseline');

test('the lists take away what is newer and keep what is not', () => {
  const { css, dropped } = of2018('a{color:red;inset:0;margin-left:1em;margin-inline:1em 0;width:min(1em,2em)}'
    + 'a:is(b){color:red}@media (prefers-color-scheme:dark){a{color:blue}}@media (min-width:1em){a{top:0}}'
    + '@supports (border-inline-start:0){a{float:left}}@layer x{a{top:0}}a::marker{top:0}b{float:inline-start;display:grid}');
  expect(css.replace(/\s/g, '')).toBe('a{color:red;margin-left:1em}@media(min-width:1em){a{top:0}}b{display:grid}');
  expect(dropped.length).toBe(9);
});

for (const width of [360, 768, 1280]) {
  test(`pages keep their order in a browser of 2018 at ${width} pixels`, async ({ browser }) => {
    fs.mkdirSync(folder, { recursive: true });
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 900 }, baseURL: base });
    const page = await context.newPage();
    let style;
    await page.route((url) => !/\.(js|jpg|png|webp)$/.test(url.pathname), async (route) => {
      const answer = await route.fetch();
      const html = (await answer.text()).replace(/<style>([\s\S]*?)<\/style>/, (_, css) => { style = of2018(css); return `<style>${style.css}</style>`; })
        .replace(/<script[\s\S]*?<\/script>/g, '');
      const headers = { ...answer.headers() };
      for (const name of ['content-security-policy', 'content-encoding', 'content-length']) delete headers[name];
      await route.fulfill({ status: answer.status(), headers, body: html });
    });
    for (const [kind, address] of Object.entries(await kinds())) {
      await page.goto(address);
      expect(style.dropped.length, 'the page has something newer to lose').toBeGreaterThan(5);
      expect(style.css).not.toMatch(/inline-start|margin-inline|prefers-/);
      expect(await page.evaluate(faults), `${kind} ${width}`).toEqual([]);
      // Read from top to bottom: name, folio, menu, ticker, text, foot.
      const tops = await page.evaluate(() => ['.name', '.folio', '.masthead nav', '.ticker', 'main', '.foot']
        .map((selector) => document.querySelector(selector).getBoundingClientRect().top));
      expect([...tops].sort((one, other) => one - other), kind).toEqual(tops);
      const found = await page.evaluate(() => {
        const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
        const style = (selector, name) => { const element = document.querySelector(selector); return element && getComputedStyle(element)[name]; };
        const heading = box('main h1:not(.hidden), main h2');
        const lines = [...document.querySelectorAll('.ticker li')].slice(0, 2).map((line) => line.getBoundingClientRect().left);
        return {
          direction: getComputedStyle(document.documentElement).direction,
          serif: style('body', 'fontFamily'),
          lineHeight: parseFloat(style('main', 'lineHeight')) / parseFloat(style('main', 'fontSize')),
          contrast: [style('html', 'color'), style('html', 'backgroundColor')],
          headingAtRight: heading ? Math.abs(heading.right - box('main').right) : 0,
          lines,
          label: [box('.ticker h2').left, box('.lines').right],
          quotation: document.querySelector('.note') && getComputedStyle(document.querySelector('.note')).borderRightWidth,
        };
      });
      expect(found.direction, kind).toBe('rtl');
      expect(found.serif, kind).toContain('Naskh');
      expect(found.lineHeight, kind).toBeGreaterThanOrEqual(1.7);
      expect(found.contrast, kind).toEqual(['rgb(29, 27, 24)', 'rgb(251, 250, 247)']);
      expect(found.headingAtRight, kind).toBeLessThan(30);
      expect(found.lines[0], 'the first line of the ticker stands rightmost').toBeGreaterThan(found.lines[1]);
      expect(found.label[0], 'its label stands right of it').toBeGreaterThanOrEqual(found.label[1] - 1);
      if (found.quotation) expect(found.quotation, kind).toBe('4px');
      if (kind === 'home' || kind === 'article') await page.screenshot({ path: path.join(folder, `${kind}-${width}.png`) });
    }
    await context.close();
  });
}
