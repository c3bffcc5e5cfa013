// The ticker: on every page within a second, apart from the article, by keyboard.
const { test, expect } = require('@playwright/test');
const { articles, astana, text, warraq } = require('../paper');

test.describe.configure({ mode: 'serial' });

/** Milliseconds until `found` holds, asked without pause; at most two seconds. */
async function until(found) {
  const start = performance.now();
  while (performance.now() - start < 2000) {
    if (await found()) return performance.now() - start;
  }
  return Infinity;
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

test('an open page takes a new headline by itself', async ({ page }) => {
  await page.goto(await astana());
  const words = 'خبر تجريبي: المتحف يفتح أبوابه ليلًا';
  await page.waitForTimeout(500);
  const id = warraq('ticker', 'push', words);
  await expect(page.locator('aside').first()).toContainText(words, { timeout: 3000 });
  warraq('ticker', 'remove', id);
  await expect(page.locator('aside').first()).not.toContainText(words, { timeout: 3000 });
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

test('the strip pauses by its button and stands still where motion is unwanted', async ({ page }) => {
  await page.goto('/');
  const button = page.locator('aside button').first();
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  const running = () => page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running').length);
  expect(await running()).toBe(0);
});

test('no two headlines touch, and none stands in the article', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: process.env.WARRAQ_URL });
  const page = await context.newPage();
  await page.goto(await astana());
  const lines = await page.locator('aside li').allInnerTexts();
  expect(lines.length).toBeGreaterThan(3);
  const main = await page.locator('main').innerText();
  for (const line of lines) expect(main).not.toContain(line.trim());
  const whole = await page.locator('aside').first().textContent();
  const headlines = await page.locator('aside li a, aside li bdi').allTextContents();
  for (let at = 1; at < headlines.length; at += 1) expect(whole).not.toContain(headlines[at - 1] + headlines[at]);
  await context.close();
});
