// What a text browser and a reader mode make of an article: the ticker's
// headlines stay apart from each other and out of the article.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test, expect } = require('@playwright/test');
const { astana, base, get, text, warraq } = require('../paper');

const readability = fs.readFileSync(path.join(__dirname, '../node_modules/@mozilla/readability/Readability.js'), 'utf8');

/** Letters alone: spaces and line ends are the display's. */
const letters = (words) => words.replace(/\s+/g, ' ').trim();

async function headlines() {
  return JSON.parse((await get('/live/ticker.json')).body).items.map((item) => letters(item.text));
}

test('a text browser shows each headline of the ticker on a line of its own', async () => {
  const pushed = 'خبر تجريبي: سطر عاجل';
  const id = warraq('ticker', 'push', pushed, '--urgent');
  // The server hears of it some milliseconds later; the page is read after that.
  await expect.poll(headlines).toContain(pushed);
  const known = await headlines();
  const dump = execFileSync('w3m', ['-dump', '-T', 'text/html', '-I', 'utf-8', '-O', 'utf-8', '-cols', '400'], { input: await text(await astana()), encoding: 'utf8' });
  warraq('ticker', 'remove', id);
  const lines = dump.split('\n').map(letters);
  expect(known.length).toBe(15);
  for (const words of known) {
    const holding = lines.filter((line) => line.includes(words));
    expect(holding.length, words).toBeGreaterThan(0);
    for (const line of holding) expect(known.filter((other) => line.includes(other) && !words.includes(other)), line).toEqual([]);
  }
  // The article begins behind the ticker and holds none of it.
  const at = (words) => lines.findIndex((line) => line.includes(words));
  const headline = (await text(await astana())).match(/<h1>([^<]+)</)[1];
  const title = lines.lastIndexOf(headline);
  expect(at('آخر الأخبار')).toBeGreaterThan(-1);
  expect(title).toBeGreaterThan(Math.max(...known.map((headline) => lines.findIndex((line) => line.includes(headline)))));
});

for (const script of [true, false]) {
  test(`reader mode keeps the article and drops the ticker, ${script ? 'after' : 'without'} script`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: base, bypassCSP: true, javaScriptEnabled: script });
    const page = await context.newPage();
    await page.goto(await astana());
    const [headline, author, first, last] = await page.evaluate(() => ['h1', '.byline a', '.body p:not(.dateline)', '.body > p:last-of-type']
      .map((selector) => document.querySelector(selector).textContent));
    if (script) await page.waitForTimeout(500);
    const article = await page.evaluate(`${readability}; (() => {
      const { title, byline, textContent, length, dir, lang } = new Readability(document.cloneNode(true)).parse();
      return { title, byline, textContent, length, dir, lang };
    })()`);
    const known = await headlines();
    expect(article.textContent).toContain(first);
    expect(article.textContent).toContain(last);
    expect(article.title).toContain(headline);
    expect(article.byline).toContain(author);
    expect(article.dir).toBe('rtl');
    for (const headline of known) expect(letters(article.textContent)).not.toContain(headline);
    // Nor do two headlines touch in the text of the whole document.
    const whole = await page.evaluate(() => document.documentElement.textContent);
    for (let at = 1; at < known.length; at += 1) expect(whole).not.toContain(known[at - 1] + known[at]);
    const aside = await page.evaluate(() => document.querySelector('aside').innerText);
    for (const headline of known) expect(letters(aside)).toContain(headline);
    expect(await page.evaluate(() => document.querySelector('main').contains(document.querySelector('aside')))).toBe(false);
    expect(await page.evaluate(() => document.querySelector('aside').dataset.nosnippet)).toBe('');
    await context.close();
  });
}
