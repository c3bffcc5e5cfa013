// Two who write in one text: what one types is there for the other, what is typed
// without a connection comes when it is back, and no acknowledged letter is lost
// when the server is killed.
const fs = require('node:fs');
const { test, expect } = require('@playwright/test');
const { paper } = require('../papers');
const { look, shots } = require('../look');
const { signIn } = require('../comments');

test.describe.configure({ mode: 'serial' });

let own;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fs.mkdirSync(shots, { recursive: true });
  own = await paper([{ headline: 'خبر من المدينة', standfirst: 'مقدمة', body: '<p>نص الخبر كما نُشر.</p>', section: 0 }], [], { newest: Date.now() - 3_600_000 });
});
test.afterAll(() => own.end());

async function comes(browser, role, address) {
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('console', (line) => expect(line.text(), 'nothing is refused by the policy').not.toMatch(/Content Security Policy/));
  page.on('pageerror', (error) => { throw error; });
  await signIn(page, own, role, address);
  return { context, page };
}

const text = (page) => page.locator('.page .said');
const state = (page, name) => expect(page.locator('#together [role=status]')).toHaveAttribute('data-state', name, { timeout: 30_000 });
// The paragraphs, without the names at the carets of others.
const words = (page) => text(page).locator('> p').evaluateAll((all) => all.map((one) => {
  const own = one.cloneNode(true);
  for (const caret of own.querySelectorAll('.caret')) caret.remove();
  return own.textContent;
}));

test('two write in one text, one of them without a connection for a while, and the server is killed', async ({ browser }) => {
  test.setTimeout(180_000);
  const one = await comes(browser, 'chief-editor', 'layla@paper.example');
  const other = await comes(browser, 'editor', 'omar@paper.example');
  await one.page.goto('/newsroom/articles');
  await one.page.getByRole('button', { name: 'مقال جديد' }).click();
  await one.page.waitForURL(/edit/);
  const form = one.page.url().split('?')[0];
  await other.page.goto(form);
  for (const { page } of [one, other]) await state(page, 'saved');

  // Beside each other.
  await text(one.page).click();
  await one.page.keyboard.type('BBC: قالت الوزارة إن الجسر فُتح');
  await expect(text(other.page)).toContainText('الجسر فُتح');
  await state(one.page, 'saved');
  // What it opens with does not turn it.
  await expect(text(one.page).locator('> p').first()).toHaveAttribute('dir', 'rtl');
  await expect(other.page.locator('.caret bdi')).toHaveText('ليلى حداد');
  // By the place of the key, on an Arabic layout too.
  await one.page.keyboard.press('Enter');
  await text(one.page).dispatchEvent('keydown', { key: 'لا', code: 'KeyB', ctrlKey: true, bubbles: true });
  await one.page.keyboard.type('عاجل');
  await expect(text(other.page).locator('strong')).toHaveText('عاجل');
  await state(one.page, 'saved');

  // One is without a connection, and both go on.
  await other.context.setOffline(true);
  await state(other.page, 'offline');
  await text(other.page).locator('> p').first().click();
  await other.page.keyboard.press('End');
  await other.page.keyboard.type(' بلا اتصال');
  await text(one.page).locator('> p').first().click();
  await one.page.keyboard.press('Home');
  await one.page.keyboard.type('عن ');
  await state(one.page, 'saved');
  await other.context.setOffline(false);
  await state(other.page, 'saved');
  await expect(text(one.page)).toContainText('بلا اتصال');
  await expect.poll(() => words(other.page)).toEqual(await words(one.page));

  // What is acknowledged is on disk: the server is killed while both look.
  await text(one.page).locator('> p').last().click();
  await one.page.keyboard.press('End');
  await one.page.keyboard.type(' وصل قبل القتل');
  await state(one.page, 'saved');
  await own.kill();
  await state(one.page, 'offline');
  await one.page.keyboard.type(' وكُتب بعده');
  await own.serveAgain();
  for (const { page } of [one, other]) await state(page, 'saved');
  await expect(text(other.page)).toContainText('وصل قبل القتل وكُتب بعده');
  const third = await comes(browser, 'editor', 'huda@paper.example');
  await third.page.goto(form);
  await state(third.page, 'saved');
  const all = await words(one.page);
  expect(await words(third.page)).toEqual(all);
  expect(await words(other.page)).toEqual(all);

  // Saved and published as it stands.
  await one.page.getByLabel('العنوان', { exact: true }).fill('فتح الجسر');
  await one.page.getByLabel('القسم', { exact: true }).selectOption({ index: 1 });
  await one.page.getByRole('button', { name: 'احفظ', exact: true }).click();
  await one.page.waitForURL(/done=saved/);
  await state(one.page, 'saved');
  expect(await words(one.page)).toEqual(all);
  await look(one.page, 'article-together', '.page');
  await one.page.setViewportSize({ width: 1280, height: 900 });
  await one.page.getByRole('button', { name: 'احفظ وانشر' }).click();
  await one.page.waitForURL(/done=publish/);
  await expect(other.page.locator('#together [role=alert]')).toContainText('نُشر هذا النص');
  const [, number] = form.match(/edit\/(\d+)/);
  const reader = await browser.newPage();
  await reader.goto(`${own.url}/a/${number}`);
  for (const line of all) await expect(reader.locator('article')).toContainText(line);
  await expect(reader.locator('article strong').first()).toContainText('عاجل');
});

test('a page that was closed without a connection sends what it kept', async ({ browser }) => {
  const { context, page } = await comes(browser, 'editor', 'salma@paper.example');
  await page.goto('/newsroom/articles');
  await page.getByRole('button', { name: 'مقال جديد' }).click();
  await page.waitForURL(/edit/);
  const form = page.url().split('?')[0];
  await state(page, 'saved');
  await text(page).click();
  await page.keyboard.type('الأول');
  await state(page, 'saved');
  await context.setOffline(true);
  await state(page, 'offline');
  await page.keyboard.type(' والثاني');
  await page.waitForTimeout(1_000);
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(form);
  await state(again, 'saved');
  await expect(text(again)).toContainText('الأول والثاني');
});
