// The Nu checker, axe, sizes and headers, on every type of page.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { test, expect } = require('@playwright/test');
const { default: AxeBuilder } = require('@axe-core/playwright');
const vnu = require('vnu-jar');
const { paper } = require('../papers');
const { articles, astana, get, kinds, text, warraq } = require('../paper');

// The page of a withdrawn article, beside those of every other type.
let gone;
const pages = async () => ({ ...await kinds(), gone });
test.beforeAll(async () => {
  gone = (await articles()).at(-1);
  warraq('article', 'withdraw', gone.split('/')[2]);
  await expect.poll(async () => (await get(gone)).status).toBe(410);
});
test.afterAll(async () => {
  warraq('article', 'restore', gone.split('/')[2]);
  await expect.poll(async () => (await get(gone)).status).toBe(200);
});

test('the Nu checker finds no fault', async () => {
  test.setTimeout(120_000);
  const folder = path.join(__dirname, '../results/html');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [kind, address] of Object.entries(await pages())) fs.writeFileSync(path.join(folder, `${kind}.html`), await text(address));
  let said = '';
  try {
    execFileSync('java', ['-jar', vnu, '--skip-non-html', '--errors-only', folder], { stdio: 'pipe' });
  } catch (error) {
    said = String(error.stderr) || String(error);
  }
  expect(said).toBe('');
});

for (const scheme of ['light', 'dark']) {
  test(`axe finds no fault, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [kind, address] of Object.entries(await pages())) {
      // In the dark nothing differs but the colours, and one list has those of all.
      if (scheme === 'dark' && ['tag', 'author', 'archive', 'second', 'day', 'missing'].includes(kind)) continue;
      await page.goto(address);
      const axe = new AxeBuilder({ page });
      if (scheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
      const { violations, passes } = await axe.analyze();
      expect(violations.map((fault) => `${kind}: ${fault.id} ${fault.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      expect(passes.map((rule) => rule.id)).toContain('color-contrast');
    }
  });
}

/** The paragraphs of the sample's own articles, until there are so many words. */
async function prose(words) {
  const paragraphs = [];
  for (const path of await articles()) {
    const body = (await text(path)).match(/<div class="body">([\s\S]*?)<\/div>\s*<footer>/)[1];
    paragraphs.push(...[...body.matchAll(/<p>([^<]+)<\/p>/g)].map((found) => found[1]));
    if (paragraphs.join(' ').split(/\s+/).length >= words) return paragraphs;
  }
  throw new Error('the sample has too few words');
}

test('an article of 600 words with its style and 15 lines of the ticker fits into 14 KB', async () => {
  const body = (await prose(600)).map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  expect(body.split(/\s+/).length).toBeGreaterThanOrEqual(600);
  const { items } = JSON.parse(await text('/live/ticker.json'));
  const headlines = items.map((item) => item.text).slice(0, 15);
  expect(headlines.length).toBe(15);
  const stories = [...headlines.entries()].map(([at, headline]) => ({ headline, standfirst: headline, picture: true, body, section: at % 5, tag: 'وسم' }));
  const own = await paper(stories, headlines);
  try {
    const home = await (await fetch(`${own.url}/`)).text();
    const article = home.match(/<article class="lead[^>]*>[\s\S]*?<h2><a href="([^"]+)"/)[1];
    for (const encoding of ['gzip', 'br']) {
      const { headers, body: bytes } = await get(article, { 'accept-encoding': encoding }, own.url);
      expect(headers['content-encoding']).toBe(encoding);
      const html = String(encoding === 'br' ? zlib.brotliDecompressSync(bytes) : zlib.gunzipSync(bytes));
      expect(html.match(/<aside[\s\S]*?<\/aside>/)[0].match(/<li>/g).length).toBe(15);
      expect(html.match(/class="card/g)?.length, 'related articles').toBe(4);
      expect(bytes.length, encoding).toBeLessThanOrEqual(14 * 1024);
      console.log(`${encoding}: ${bytes.length} bytes`);
    }
  } finally {
    await own.end();
  }
});

test('gzip, Brotli and identity hold the same page', async () => {
  for (const address of Object.values(await pages())) {
    const plain = (await get(address)).body;
    const gzip = (await get(address, { 'accept-encoding': 'gzip' })).body;
    const brotli = (await get(address, { 'accept-encoding': 'br' })).body;
    expect(zlib.gunzipSync(gzip).equals(plain), address).toBe(true);
    expect(zlib.brotliDecompressSync(brotli).equals(plain), address).toBe(true);
  }
});

test('a page that is known already is not sent again', async () => {
  const address = await astana();
  const { headers } = await get(address, { 'accept-encoding': 'gzip' });
  const again = await get(address, { 'accept-encoding': 'gzip', 'if-none-match': headers.etag });
  expect(again.status).toBe(304);
  expect(again.body.length).toBe(0);
});

test('pages carry their security headers', async () => {
  for (const [kind, address] of Object.entries(await pages())) {
    const { headers } = await get(address);
    expect(headers['content-security-policy'], kind).toContain("default-src 'none'");
    expect(headers['content-security-policy'], kind).not.toContain('unsafe-inline');
    expect(headers['x-content-type-options'], kind).toBe('nosniff');
    expect(headers['referrer-policy'], kind).toBeTruthy();
    expect(headers.vary?.toLowerCase(), kind).toContain('accept-encoding');
    expect(headers['set-cookie'], kind).toBeUndefined();
  }
});
