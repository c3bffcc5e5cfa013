// Each editorial verb, followed to page, feed and sitemap.
const { test, expect } = require('@playwright/test');
const { articles, get, text, warraq } = require('../paper');

async function soon(check) {
  await expect.poll(check, { timeout: 2000, intervals: [20] }).toBe(true);
}

test('withdrawn, an article answers 410 and leaves feed and sitemap; restored, it is back', async () => {
  const address = (await articles())[0];
  const id = address.split('/')[2];
  const headline = (await text(address)).match(/<h1[^>]*>([\s\S]*?)<\/h1>/)[1].trim();
  expect(warraq('article', 'withdraw', id)).toBe(`${id} withdrawn`);
  await soon(async () => (await get(address)).status === 410);
  expect(await text('/sitemap/1.xml')).not.toContain(`/a/${id}/`);
  expect(await text('/feed.xml')).not.toContain(`/a/${id}/`);
  expect(await text(address)).not.toContain(headline);
  warraq('article', 'restore', id);
  await soon(async () => (await get(address)).status === 200);
  expect(await text('/sitemap/1.xml')).toContain(`/a/${id}/`);
});

test('a correction stands on the page', async () => {
  const address = (await articles())[1];
  const words = 'تصحيح تجريبي: ورد العدد خطأ والصحيح اثنا عشر.';
  warraq('article', 'correct', address.split('/')[2], words);
  await soon(async () => (await text(address)).includes(words));
});

test('a refused act says why and what to do', async () => {
  const id = (await articles())[2].split('/')[2];
  for (const words of [['article', 'publish', id], ['article', 'withdraw', '999999'], ['article', 'correct', id, ' '], ['ticker', 'push', '']]) {
    let said = '';
    try { warraq(...words); } catch (error) { said = String(error.stderr); }
    expect(said, words.join(' ')).toMatch(/^warraq: .{20,}/);
  }
});

test('another spelling of an address moves to the one that counts', async () => {
  const address = (await articles())[0];
  const id = address.split('/')[2];
  for (const path of [`/a/${id}`, `/a/${id}/old-slug`]) {
    const { status, headers } = await get(path);
    expect(status).toBe(301);
    expect(headers.location).toBe(address);
  }
  expect((await get('/feed/')).headers.location).toBe('/feed.xml');
  expect((await get('/2017/09/15/')).headers.location).toBe('/archive/2017/09/15');
});
