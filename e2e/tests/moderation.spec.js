// Comments moderated in a browser: by keys at their places on the keyboard, several
// at once, taken back, while others come in; and without script.
const fs = require('node:fs');
const { test, expect } = require('@playwright/test');
const { get } = require('../paper');
const { look, shots } = require('../look');
const { post, signIn, talk } = require('../comments');

let own;
let article;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fs.mkdirSync(shots, { recursive: true });
  own = await talk([{ headline: 'مقال تحت نظر المشرفين', standfirst: '', body: '<p>نص</p>', section: 0, age: 60_000 }]);
  [article] = own.articles;
});
test.afterAll(() => own.end());

let sent = 0;
async function send(text, more = {}) {
  sent += 1;
  const answer = await post(own.url + article, { name: `قارئ ${sent}`, email: `reader-${sent}@mail.example`, text, ticket: own.ticket, ...more });
  expect(answer.status).toBe(303);
}
const isShown = async (text) => String((await get(article, {}, own.url)).body).includes(text);
/** Milliseconds until the article shows a text, or no longer does. */
async function until(text, is) {
  const began = Date.now();
  while (await isShown(text) !== is) {
    if (Date.now() - began > 5_000) throw new Error(`${text} is ${is ? 'not ' : ''}shown`);
    await new Promise((done) => { setTimeout(done, 20); });
  }
  return Date.now() - began;
}

test('by keys at their places, several at once, taken back, while others come in', async ({ browser }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const said = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') said.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(own.url)) said.push(request.url()); });
  for (let at = 1; at <= 8; at += 1) await send(`تعليق للمراجعة رقم ${at}، من BBC و3-1`);
  await send('زوروا http://a.example/1 و http://b.example/2 و http://c.example/3 و http://d.example/4');
  await signIn(page, own);
  await page.getByRole('link', { name: 'تعليقات القراء' }).click();
  await expect(page.locator('#list > article')).toHaveCount(9);
  await look(page, 'moderation');
  await page.setViewportSize({ width: 1280, height: 900 });
  const item = (text) => page.locator('#list > article', { hasText: text });
  // The rule that held it, and what it met.
  await expect(item('زوروا')).toContainText('مقال تحت نظر المشرفين');
  await expect(item('زوروا').locator('.holds')).not.toBeEmpty();
  await expect(item('زوروا').locator('.said mark', { hasText: 'http' }).first()).toBeVisible();

  const keyboard = await context.newCDPSession(page);
  /** A key by its place, as a keyboard set to Arabic sends it. */
  const press = async (code, key) => {
    for (const type of ['keyDown', 'keyUp']) await keyboard.send('Input.dispatchKeyEvent', { type, code, key, text: type === 'keyDown' ? key : undefined });
  };
  const keys = { J: ['KeyJ', 'ت'], K: ['KeyK', 'ن'], A: ['KeyA', 'ش'], R: ['KeyR', 'ق'], S: ['KeyS', 'س'], W: ['KeyW', 'ص'], X: ['KeyX', 'ء'], Z: ['KeyZ', 'ئ'] };
  const key = (name) => press(...keys[name]);
  const focused = () => page.evaluate(() => document.activeElement.dataset.id);
  const order = await page.locator('#list > article').evaluateAll((all) => all.map((one) => one.dataset.id));
  await page.locator(`#c${order[0]}`).focus();
  await key('J');
  await key('J');
  await expect.poll(focused).toBe(order[2]);
  await key('K');
  await expect.poll(focused).toBe(order[1]);
  // The same keys on a Latin keyboard.
  await page.keyboard.press('j');
  await expect.poll(focused).toBe(order[2]);
  await page.keyboard.press('k');
  await expect.poll(focused).toBe(order[1]);

  // Approved: on the public page within a second.
  const text = async (id) => (await page.locator(`#c${id} .said`).first().innerText()).trim();
  const chosen = await text(order[1]);
  expect(await isShown(chosen)).toBe(false);
  await key('A');
  const shown = await until(chosen, true);
  console.log(`approved: on the public page after ${shown} ms`);
  expect(shown).toBeLessThan(1_000);
  await expect(page.locator(`#c${order[1]}`)).toHaveCount(0);
  await expect.poll(focused).toBe(order[2]);

  // Spam, and taken back.
  const spam = await text(order[2]);
  await key('S');
  await expect(page.locator(`#c${order[2]}`)).toHaveCount(0);
  await expect(page.locator('#undo')).toBeVisible();
  await look(page, 'moderation-undo');
  await page.setViewportSize({ width: 1280, height: 900 });
  await key('Z');
  await expect(page.locator(`#c${order[2]}`)).toHaveCount(1);
  expect(await text(order[2])).toBe(spam);
  expect(await isShown(spam)).toBe(false);

  // An approval taken back is off the public page within a second.
  await page.locator(`#c${order[3]}`).focus();
  const short = await text(order[3]);
  await key('A');
  await until(short, true);
  await expect(page.locator('#undo')).toBeVisible();
  await key('Z');
  expect(await until(short, false)).toBeLessThan(1_000);
  await expect(page.locator(`#c${order[3]}`)).toHaveCount(1);

  // Several at once.
  for (const id of [order[4], order[5]]) {
    await page.locator(`#c${id}`).focus();
    await key('X');
  }
  await expect(page.locator('#selected')).toHaveText('2');
  await key('R');
  for (const id of [order[4], order[5]]) await expect(page.locator(`#c${id}`)).toHaveCount(0);

  // One that is sent meanwhile comes by itself, and the place is kept.
  await page.evaluate(() => { window.untouched = true; });
  await page.locator(`#c${order[6]}`).focus();
  const count = await page.locator('#list > article').count();
  const began = Date.now();
  await send('تعليق وصل والمشرف ينظر');
  await expect(item('تعليق وصل والمشرف ينظر')).toBeVisible();
  console.log(`sent: in the queue after ${Date.now() - began} ms`);
  await expect(page.locator('#list > article')).toHaveCount(count + 1);
  expect(await focused()).toBe(order[6]);
  expect(await page.evaluate(() => window.untouched)).toBe(true);
  await expect(page.getByRole('status').filter({ hasText: 'وصل تعليق جديد' })).toHaveCount(1);
  // What is typed is not a key.
  await page.getByLabel('ابحث في الاسم والنص').focus();
  await page.keyboard.type('asrz');
  await expect(page.getByLabel('ابحث في الاسم والنص')).toHaveValue('asrz');
  await expect(page.locator('#list > article')).toHaveCount(count + 1);

  // A reader's report comes in, and the comment goes.
  const { body } = await get(article, {}, own.url);
  const id = String(body).match(/id="comment-(\d+)"/)[1];
  const report = String((await get(`/comments/report/${id}`, {}, own.url)).body);
  expect((await post(`${own.url}/comments/report/${id}`, { page: report.match(/name="page" value="([^"]+)"/)[1], reason: 'فيه كذب على BBC' })).status).toBe(200);
  await page.getByRole('link', { name: /أُبلغ عنها/ }).click();
  await expect(page.locator('.reports')).toContainText('فيه كذب على BBC');
  await look(page, 'moderation-reported');
  await page.locator(`#c${id}`).focus();
  await key('W');
  expect(await until(chosen, false)).toBeLessThan(1_000);

  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [name, link] of [['rejected', /مرفوضة/], ['withdrawn', /مسحوبة/], ['all', /كلها/]]) {
    await page.getByRole('link', { name: link }).click();
    await look(page, `moderation-${name}-dark`);
  }
  await expect(page.locator('#list > article')).toHaveCount(10);
  await page.getByRole('button', { name: 'المفاتيح' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'moderation-keys-dark');
  expect(said).toEqual([]);

  // Without script, in the same session.
  const plain = await browser.newContext({ baseURL: own.url, javaScriptEnabled: false, storageState: await context.storageState() });
  const still = await plain.newPage();
  await send('تعليق يُنشر بلا برامج');
  await still.goto('/newsroom/comments');
  const one = still.locator('#list > article', { hasText: 'تعليق يُنشر بلا برامج' });
  await one.getByRole('button', { name: 'انشر' }).click();
  expect(await until('تعليق يُنشر بلا برامج', true)).toBeLessThan(1_000);
  await still.getByRole('button', { name: 'تراجع' }).click();
  expect(await until('تعليق يُنشر بلا برامج', false)).toBeLessThan(1_000);
  await expect(still.locator('#list > article', { hasText: 'تعليق يُنشر بلا برامج' })).toBeVisible();
  await plain.close();
  await context.close();
});

test('a writer is blocked and let in again, and the newsroom answers', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const troll = { name: 'ثقيل الظل', email: 'heavy@mail.example' };
  await send('كلام أول من كاتب سيُحظر', troll);
  await signIn(page, own, 'moderator', 'rima@paper.example');
  await page.goto('/newsroom/comments');
  const item = (text) => page.locator('#list > article', { hasText: text });
  await item('كلام أول من كاتب سيُحظر').focus();
  await page.keyboard.press('b');
  // The comment itself is decided on as any other.
  await expect(item('كلام أول من كاتب سيُحظر').locator('.record')).toContainText('محظور');
  // What he sends from now on is spam, and says why.
  await send('كلام ثان من كاتب محظور', troll);
  await page.goto('/newsroom/comments?show=spam');
  await expect(item('كلام ثان من كاتب محظور')).toBeVisible();
  await expect(item('كلام ثان من كاتب محظور').locator('.holds')).not.toBeEmpty();
  await look(page, 'moderation-spam');
  await page.getByRole('link', { name: 'المحظورون' }).click();
  const blocked = page.locator('.rows > li', { hasText: 'ثقيل الظل' });
  await expect(blocked).toHaveCount(1);
  await look(page, 'moderation-blocked');
  await blocked.getByRole('button', { name: 'ارفع الحظر' }).click();
  await expect(page.locator('.rows > li', { hasText: 'ثقيل الظل' })).toHaveCount(0);
  await send('كلام ثالث بعد رفع الحظر', troll);
  await page.goto('/newsroom/comments');
  await expect(item('كلام ثالث بعد رفع الحظر')).toBeVisible();

  // An answer stands under what it answers, marked, within a second.
  await item('كلام ثالث بعد رفع الحظر').getByRole('button', { name: 'انشر' }).click();
  await until('كلام ثالث بعد رفع الحظر', true);
  await page.goto('/newsroom/comments?show=approved');
  await item('كلام ثالث بعد رفع الحظر').getByRole('link', { name: 'أجب' }).click();
  await page.getByLabel('جوابك').fill('شكرًا لك، راجعنا الخبر عند BBC و3-1.');
  await look(page, 'moderation-answer');
  await page.getByRole('button', { name: 'انشر الجواب' }).click();
  expect(await until('شكرًا لك، راجعنا الخبر عند BBC و3-1.', true)).toBeLessThan(1_000);
  await page.goto(article);
  const answer = page.locator('#comments .comment', { hasText: 'شكرًا لك، راجعنا الخبر' }).last();
  await expect(answer).toContainText('ليلى حداد');
  await expect(answer).toContainText('هيئة التحرير');
  await look(page, 'comment-of-the-newsroom');
  await context.close();
});

test('what is kept of a reader is handed out and erased by a link', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const text = 'تعليق سيطلب كاتبه حذفه';
  await send(text, { name: 'نادم', email: 'sorry@mail.example' });
  await signIn(page, own, 'chief-editor', 'karim@paper.example');
  await page.goto('/newsroom/comments');
  await page.locator('#list > article', { hasText: text }).getByRole('button', { name: 'انشر' }).click();
  await until(text, true);
  // He asks; without mail the administrator gets the link.
  const reader = await (await browser.newContext({ baseURL: own.url })).newPage();
  await reader.goto('/comments/data');
  await reader.getByRole('main').getByLabel('البريد الإلكتروني').fill('sorry@mail.example');
  await reader.getByRole('button', { name: 'أرسل إليّ الرابط' }).click();
  await expect(reader.getByRole('main').getByRole('status')).toContainText('سُجّل طلبك');
  const rows = await (await browser.newContext({ baseURL: own.url })).newPage();
  await signIn(rows, own, 'administrator', 'samer@paper.example');
  await rows.getByRole('link', { name: 'طلبات القراء' }).click();
  await rows.getByLabel('بريد القارئ').last().fill('sorry@mail.example');
  await rows.getByRole('button', { name: 'اصنع رابطًا' }).last().click();
  const link = await rows.locator('.secret code').innerText();
  expect(await rows.content()).not.toContain('sorry@mail.example');

  await reader.goto(link);
  await expect(reader.getByRole('main')).toContainText(text);
  await look(reader, 'comment-data-kept');
  const download = reader.waitForEvent('download');
  await reader.getByRole('link', { name: 'نزّل نسخة' }).click();
  const copy = JSON.parse(fs.readFileSync(await (await download).path(), 'utf8'));
  expect(JSON.stringify(copy)).toContain(text);
  await reader.getByRole('button', { name: 'احذف كل ما كتبته' }).click();
  await expect(reader.getByRole('alert')).toContainText('لا يعود شيء منها');
  await look(reader, 'comment-data-erase');
  expect(await isShown(text)).toBe(true);
  await reader.getByRole('button', { name: 'نعم، احذف' }).click();
  expect(await until(text, false)).toBeLessThan(1_000);
  await reader.goto(link);
  await expect(reader.getByRole('main')).not.toContainText(text);
  for (const one of [reader, rows]) await one.context().close();
  await context.close();
});
