// The ticker: on every page within a second, apart from the article, live, by
// keyboard, and still where motion is unwanted.
const http = require('node:http');
const { test, expect } = require('@playwright/test');
const { articles, astana, base, get, text, warraq } = require('../paper');

test.describe.configure({ mode: 'serial' });

/** Milliseconds until `found` holds, asked without pause; at most two seconds. */
async function until(found) {
  const start = performance.now();
  while (performance.now() - start < 2000) {
    if (await found()) return performance.now() - start;
  }
  return Infinity;
}

/** A stream read by hand: its events so far, and how to end it. */
function stream(headers = {}) {
  const said = { text: '', ids: () => [...said.text.matchAll(/^id: (.+)$/gm)].map((found) => found[1]) };
  const request = http.get(`${base}/live/ticker`, { headers }, (response) => response.on('data', (part) => { said.text += part; }));
  request.on('error', () => {});
  said.end = () => request.destroy();
  return said;
}

/** The requests of a page for the stream that are open now. */
function openStreams(page) {
  const open = new Set();
  page.on('request', (request) => { if (request.url().endsWith('/live/ticker')) open.add(request); });
  for (const event of ['requestfinished', 'requestfailed']) page.on(event, (request) => open.delete(request));
  return open;
}

test('a pushed headline is in the HTML of every page within a second, and leaves as fast', async () => {
  const every = await articles();
  for (const path of every) await text(path); // all of them are cached now
  const words = 'خبر تجريبي: افتتاح معرض الكتاب اليوم';
  const id = warraq('ticker', 'push', words, '--urgent');
  expect(await until(async () => (await text(every.at(-1))).includes(words))).toBeLessThan(1000);
  for (const path of [...every, '/', '/archive/2017/09/15', '/nothing-here']) expect(await text(path), path).toContain(words);
  warraq('ticker', 'remove', id);
  expect(await until(async () => !(await text(every.at(-1))).includes(words))).toBeLessThan(1000);
  for (const path of every) expect(await text(path), path).not.toContain(words);
});

test('an open page takes a new headline, says it once, and lets an expired one go', async ({ page }) => {
  await page.goto(await astana());
  const region = page.locator('.ticker-status');
  await expect(region, 'the live region is there at load').toHaveAttribute('aria-live', 'polite');
  expect(await region.textContent()).toBe('');
  const before = await get('/live/ticker.json');
  expect((await get('/live/ticker.json', { 'if-none-match': before.headers.etag })).status).toBe(304);
  await page.waitForTimeout(400);
  const words = 'خبر تجريبي: المتحف يفتح أبوابه ليلًا';
  warraq('ticker', 'push', words, '--for', '3s');
  await expect(page.locator('aside').first()).toContainText(words, { timeout: 2000 });
  await expect(region).toHaveText(words);
  const during = await get('/live/ticker.json');
  expect(during.headers.etag).not.toBe(before.headers.etag);
  // Nothing is committed when it expires; the page and the ETag follow all the same.
  await expect(page.locator('aside').first()).not.toContainText(words, { timeout: 4500 });
  const after = await get('/live/ticker.json', { 'if-none-match': during.headers.etag });
  expect(after.status).toBe(200);
  expect(String(after.body)).not.toContain(words);
});

test('a stream that is taken up again is told only what it missed, and not all at once', async () => {
  const first = stream();
  await expect.poll(() => first.ids().length).toBe(1);
  first.end();
  const again = stream({ 'last-event-id': first.ids()[0] });
  await expect.poll(() => again.text).toContain('retry: ');
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  expect(again.ids(), 'nothing happened since').toEqual([]);
  const id = warraq('ticker', 'push', 'خبر تجريبي: بعد الانقطاع');
  await expect.poll(() => again.text).toContain('بعد الانقطاع');
  again.end();
  const late = stream({ 'last-event-id': first.ids()[0] });
  await expect.poll(() => late.text, 'what was missed').toContain('بعد الانقطاع');
  late.end();
  warraq('ticker', 'remove', id);
  const pauses = new Set();
  for (let at = 0; at < 8; at += 1) {
    const one = stream();
    await expect.poll(() => one.text).toMatch(/retry: \d+/);
    pauses.add(Number(one.text.match(/retry: (\d+)/)[1]));
    one.end();
  }
  expect(pauses.size, 'each reader has a pause of its own').toBe(8);
  for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(2000);
});

test('a browser whose stream breaks comes again by itself with the last id', async ({ page }) => {
  // Between them a proxy that breaks the first stream after its first event.
  const streams = [];
  const proxy = http.createServer((request, response) => {
    const live = request.url === '/live/ticker';
    if (live) streams.push(request.headers['last-event-id']);
    const breaks = live && streams.length === 1;
    http.get(base + request.url, { headers: { 'last-event-id': request.headers['last-event-id'] ?? '' } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.on('data', (part) => { response.write(part); if (breaks && String(part).includes('data: ')) setTimeout(() => response.destroy(), 200); });
      answer.on('end', () => response.end());
    });
  });
  await new Promise((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
  await page.goto(`http://127.0.0.1:${proxy.address().port}/`);
  await expect.poll(() => streams.length, { timeout: 15_000 }).toBe(2);
  expect(streams[0]).toBeUndefined();
  expect(streams[1]).toMatch(/^\d+-[0-9a-f]+$/);
  await page.close();
  proxy.closeAllConnections();
  proxy.close();
});

test('only the tab that is seen holds a stream', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: base });
  // Chromium without a screen calls every tab visible; each is told here.
  await context.addInitScript(() => {
    let state = new URLSearchParams(window.location.search).has('hidden') ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { get: () => state });
    Object.defineProperty(document, 'hidden', { get: () => state === 'hidden' });
    window.turn = (to) => { state = to; document.dispatchEvent(new Event('visibilitychange')); };
  });
  const [one, other] = [await context.newPage(), await context.newPage()];
  const [ofOne, ofOther] = [openStreams(one), openStreams(other)];
  await one.goto('/');
  await other.goto('/archive?hidden');
  await expect.poll(() => ofOne.size).toBe(1);
  await other.waitForTimeout(300);
  expect(ofOther.size).toBe(0);
  await one.evaluate(() => window.turn('hidden'));
  await other.evaluate(() => window.turn('visible'));
  await expect.poll(() => ofOne.size).toBe(0);
  await expect.poll(() => ofOther.size).toBe(1);
  await context.close();
});

test('a headline of hostile text is only text', async ({ page }) => {
  const id = warraq('ticker', 'push', '<img src=x onerror=alert(1)> "سطر" & آخر');
  let alerted = false;
  page.on('dialog', (dialog) => { alerted = true; dialog.dismiss(); });
  await page.goto('/');
  await expect(page.locator('aside').first()).toContainText('<img src=x');
  expect(alerted).toBe(false);
  warraq('ticker', 'remove', id);
});

test('the strip moves to the right, and stops for its button, the pointer and the keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 700 });
  await page.goto('/');
  const place = () => page.locator('.lines li').first().evaluate((line) => line.getBoundingClientRect().left);
  const travelled = async () => { const from = await place(); await page.waitForTimeout(500); return (await place()) - from; };
  expect(await travelled(), 'text travels right').toBeGreaterThan(4);
  const button = page.getByRole('button', { name: 'إيقاف شريط الأخبار' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.ticker-pause')).toHaveAttribute('aria-pressed', 'true');
  expect(await travelled()).toBe(0);
  await page.keyboard.press('Space');
  await expect(page.locator('.ticker-pause')).toHaveAttribute('aria-pressed', 'false');
  await page.locator('.lines').hover();
  expect(await travelled(), 'under the pointer').toBe(0);
  await page.mouse.move(0, 0);
  expect(await travelled()).toBeGreaterThan(4);
  // By keyboard: the strip, then each of its links in order, and the arrows.
  await page.locator('.lines').focus();
  expect(await travelled(), 'with the focus').toBe(0);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => page.locator('.lines').evaluate((lines) => lines.scrollLeft)).toBeLessThan(0);
  await page.waitForTimeout(400); // the arrow's own smooth scrolling ends
  const links = await page.locator('.lines a').count();
  expect(links).toBeGreaterThan(1);
  for (let at = 0; at < links; at += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator('.lines a').nth(at);
    await expect(focused).toBeFocused();
    await expect.poll(() => focused.evaluate((link) => {
      const [own, strip] = [link.getBoundingClientRect(), link.closest('.lines').getBoundingClientRect()];
      return own.right <= strip.right + 2 && own.right > strip.left;
    }), 'what has the focus is seen').toBe(true);
  }
});

test('a page that is up to date is not written again by its stream', async ({ page }) => {
  const answered = page.waitForResponse('**/live/ticker', { timeout: 10_000 });
  // Marked before the script runs.
  await page.addInitScript(() => document.addEventListener('readystatechange', () => {
    const line = document.querySelector('.lines li');
    if (line) line.dataset.seen = 'yes';
  }, { once: true }));
  await page.goto('/');
  await answered;
  await page.waitForTimeout(500);
  await expect(page.locator('.lines li').first()).toHaveAttribute('data-seen', 'yes');
});

test('nothing moves where motion is unwanted', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const place = () => page.locator('.lines li').first().evaluate((line) => line.getBoundingClientRect().left);
  const from = await place();
  await page.waitForTimeout(500);
  expect(await place()).toBe(from);
  await expect(page.locator('.ticker-pause')).toBeHidden();
});
