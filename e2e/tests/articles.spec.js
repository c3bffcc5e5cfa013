// An article made in a browser without script, by keyboard: written, saved, looked
// at, published, and read by a reader; and its screens looked at.
const fs = require('node:fs');
const { test, expect } = require('@playwright/test');
const { get } = require('../paper');
const { paper } = require('../papers');
const { look, shots } = require('../look');
const { signIn } = require('../comments');

const headline = 'عودة القطار BR-24 إلى حلب بعد 12 عامًا';
const words = 'عاد القطار **اليوم** إلى المدينة.\n\n## خلفية\n\n- توقف في 2012\n- عاد في 2026';

// Who signs in is made by the first.
test.describe.configure({ mode: 'serial' });

let own;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fs.mkdirSync(shots, { recursive: true });
  const story = (at) => ({ headline: `خبر من المدينة رقم ${at}`, standfirst: 'مقدمة', body: '<p>نص الخبر كما نُشر.</p>', section: at, age: at * 3_600_000 });
  own = await paper([0, 1, 2].map(story), [], { newest: Date.now() - 3_600_000 });
});
test.afterAll(() => own.end());

/** The form as it is without its editor, where that does not come. */
const plainForm = (context) => context.route('**/newsroom/script/*', (route) => route.abort());
const shown = async (path) => (await get(path, {}, own.url)).status;
/** Moves on until the focus is on something. */
async function tabTo(page, target) {
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((one) => one === document.activeElement)) return;
  }
  throw new Error('it cannot be reached by keyboard');
}

test('written, saved, looked at, published and read, without script and by keyboard', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url, javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('request', (request) => expect(request.url().startsWith(own.url)).toBe(true));
  await signIn(page, own, 'chief-editor');
  const press = async (target) => { await tabTo(page, target); await page.keyboard.press('Enter'); };
  await press(page.getByRole('link', { name: 'المقالات', exact: true }));
  await press(page.getByRole('button', { name: 'مقال جديد' }));
  await page.waitForURL(/edit/);
  const [, number] = page.url().match(/edit\/(\d+)/);
  const field = (name) => page.getByLabel(name, { exact: true });
  await tabTo(page, field('العنوان'));
  await page.keyboard.insertText(headline);
  await tabTo(page, field('النص'));
  await page.keyboard.insertText(words);
  await tabTo(page, field('القسم'));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, field('الوسوم'));
  await page.keyboard.insertText('قطارات، حلب');
  // Names that are not there: nothing is saved, nothing lost.
  await press(page.getByRole('button', { name: 'احفظ', exact: true }));
  await expect(page.getByRole('alert')).toContainText('ليس موجودًا');
  await expect(field('الوسوم')).toHaveAttribute('aria-invalid', 'true');
  await expect(field('النص')).toHaveValue(words);
  await press(page.getByRole('link', { name: /ليس موجودًا/ }));
  await tabTo(page, page.getByLabel('أنشئ ما ليس موجودًا'));
  await page.keyboard.press('Space');
  await press(page.getByRole('button', { name: 'احفظ واعرض كما سيراه القراء' }));
  await expect(page).toHaveURL(/preview/);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(headline);
  await expect(frame.locator('strong')).toHaveText('اليوم');
  await expect(page.getByText('كيلوبايت مضغوطة')).toBeVisible();
  expect(await page.locator('iframe').evaluate((one) => one.clientWidth)).toBe(388);
  expect(await shown(`/a/${number}`)).toBe(404);
  await press(page.getByRole('link', { name: 'على شاشة واسعة' }));
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(headline);
  await press(page.getByRole('link', { name: 'عودة إلى المقال' }));
  await expect(field('الوسوم')).toHaveValue('قطارات، حلب');
  // A moment ahead, a year from now at the most, and taken back.
  const ahead = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await field('الموعد').fill(`${ahead}T08:00`);
  await press(page.getByRole('button', { name: 'احفظ وحدد الموعد' }));
  await expect(page.getByRole('status')).toHaveText('سيُنشر المقال في موعده.');
  await expect(field('الموعد')).toHaveValue(`${ahead}T08:00`);
  await page.goto('/newsroom/articles?list=scheduled');
  await expect(page.getByRole('listitem').filter({ hasText: headline })).toContainText(`${ahead} 08:00`);
  expect(await shown(`/a/${number}`)).toBe(404);
  await press(page.getByRole('link', { name: headline }));
  await press(page.getByRole('button', { name: 'ألغِ الموعد' }));
  await expect(page.getByRole('status')).toContainText('أُلغي الموعد');
  await press(page.getByRole('button', { name: 'احفظ وانشر' }));
  await expect(page.getByRole('status')).toHaveText('نُشر المقال.');
  const address = await page.getByRole('link', { name: 'صفحته على الموقع' }).getAttribute('href');
  await expect.poll(() => shown(address), { timeout: 1_000 }).toBe(200);
  const reader = await browser.newContext({ baseURL: own.url });
  const read = await reader.newPage();
  await read.goto(address);
  await expect(read.getByRole('heading', { level: 1 })).toHaveText(headline);
  await expect(read.getByRole('article').getByRole('listitem').filter({ hasText: 'عاد في 2026' })).toBeVisible();
  await expect(read.getByRole('link', { name: 'قطارات' })).toBeVisible();

  // The same screens with script, for what looks at them.
  const state = await context.storageState();
  const looked = await browser.newContext({ baseURL: own.url, storageState: state });
  await plainForm(looked);
  const screen = await looked.newPage();
  await screen.goto('/newsroom/articles?list=published');
  await expect(screen.getByRole('listitem').filter({ hasText: headline })).toContainText('منشور');
  await look(screen, 'articles');
  await screen.setViewportSize({ width: 1280, height: 900 });
  await screen.goto(`/newsroom/articles/edit/${number}`);
  await look(screen, 'article-published');
  await screen.setViewportSize({ width: 1280, height: 900 });
  await screen.getByLabel('النص', { exact: true }).fill(`${words}\n\n![صورة](media:\n\n[كلمة](javascript:x)`);
  await screen.getByLabel('الكتّاب').fill('ليلى حداد');
  await screen.getByRole('button', { name: 'احفظ', exact: true }).click();
  await expect(screen.getByRole('alert')).toContainText('الصورة لا تُقرأ');
  await look(screen, 'article-faults');
  await screen.setViewportSize({ width: 1280, height: 900 });
  await screen.goto(`/newsroom/articles/preview/${number}`);
  await look(screen, 'article-preview', 'iframe');
  await screen.setViewportSize({ width: 1280, height: 900 });
  await screen.goto(`/newsroom/articles/revisions/${number}`);
  await screen.getByRole('main').getByRole('link', { name: headline }).first().click();
  await look(screen, 'article-revisions');
  await screen.goto('/newsroom/language/en');
  await screen.goto(`/newsroom/articles/edit/${number}`);
  await look(screen, 'article-english');
  for (const one of [context, reader, looked]) await one.close();
});

test('two windows, and a session that ended: every word stands there', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url });
  await plainForm(context);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto('/newsroom/sign-in');
  const enter = async (where) => {
    await where.getByLabel('البريد الإلكتروني').fill('layla@paper.example');
    await where.getByLabel('كلمة المرور').fill('قطار أزرق في محطة القمح');
    await where.keyboard.press('Enter');
    await where.getByRole('heading', { level: 1, name: 'ليلى حداد' }).waitFor();
  };
  await enter(page);
  await page.goto('/newsroom/articles');
  await page.getByRole('button', { name: 'مقال جديد' }).click();
  const other = await context.newPage();
  await other.goto(page.url());
  const body = (where) => where.getByLabel('النص', { exact: true });
  const save = (where) => where.getByRole('button', { name: 'احفظ', exact: true }).click();
  await body(other).fill('ما كُتب في النافذة الثانية');
  await save(other);
  await body(page).fill('ما كُتب في النافذة الأولى');
  await save(page);
  await expect(body(page)).toHaveValue('ما كُتب في النافذة الأولى');
  await expect(page.getByLabel('نصه')).toHaveValue('ما كُتب في النافذة الثانية');
  await look(page, 'article-conflict');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('button', { name: 'احفظ نصي فوقه' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'حُفظ المقال.' })).toBeVisible();

  await body(page).fill('ما كُتب والدخول قد انتهى\n\nفقرة ثانية');
  await context.clearCookies();
  await save(page);
  await expect(page.getByRole('alert')).toContainText('انتهى دخولك');
  await look(page, 'article-kept');
  await page.setViewportSize({ width: 1280, height: 900 });
  const [door] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'ادخل في نافذة أخرى' }).click()]);
  await enter(door);
  await page.getByRole('button', { name: 'أرسل مرة أخرى' }).click();
  await expect(page.getByRole('alert')).toContainText('لم يُحفظ شيء بعد');
  await save(page);
  await expect(page.getByRole('status')).toContainText('حُفظ المقال.');
  await expect(body(page)).toHaveValue('ما كُتب والدخول قد انتهى\n\nفقرة ثانية');
  await context.close();
});
