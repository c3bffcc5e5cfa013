// The library in a browser: a picture is uploaded with and without script, described,
// chosen for an article, published, and seen by a reader; its screens looked at.
const fs = require('node:fs');
const { test, expect } = require('@playwright/test');
const { paper } = require('../papers');
const { look, shots } = require('../look');
const { signIn } = require('../comments');

test.describe.configure({ mode: 'serial' });

let own, picture;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fs.mkdirSync(shots, { recursive: true });
  own = await paper([{ headline: 'خبر من المدينة', standfirst: 'مقدمة', body: '<p>نص الخبر.</p>', section: 0, age: 3_600_000 }], [], { newest: Date.now() - 3_600_000 });
  const answer = await fetch(`${process.env.WARRAQ_URL}${(await (await fetch(process.env.WARRAQ_URL)).text()).match(/src="(\/media\/[^"]+)"/)[1]}`);
  picture = { name: 'جسر الفرات.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await answer.arrayBuffer()) };
});
test.afterAll(() => own.end());

test('uploaded, described, chosen and published without script', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, own, 'chief-editor');
  await page.goto('/newsroom/articles');
  await page.getByRole('button', { name: 'مقال جديد' }).click();
  const field = (name) => page.getByLabel(name, { exact: true });
  const [, number] = page.url().match(/edit\/(\d+)/);
  await field('العنوان').fill('افتتاح الجسر');
  await field('النص').fill('افتُتح الجسر اليوم.');
  await page.getByRole('button', { name: 'احفظ واختر صورة' }).click();
  await expect(page).toHaveURL(new RegExp(`/newsroom/media\\?for=${number}`));
  await field('أضف صورًا أو ملفات').setInputFiles(picture);
  await page.getByRole('button', { name: 'ارفع' }).click();
  await expect(page.getByRole('status')).toContainText('صفه الآن');
  await field('النص البديل').fill('جسر معلق فوق نهر');
  await field('المصدر').fill('ورّاق');
  // The point is clicked at; what was typed is saved with it.
  const point = page.getByRole('button', { name: 'اختر النقطة على الصورة واحفظ' });
  await point.click({ position: { x: 70, y: 40 } });
  await expect(page.getByRole('status')).toHaveText('حُفظ الوصف.');
  await expect(field('من اليسار')).toHaveValue('25');
  await expect(field('النص البديل')).toHaveValue('جسر معلق فوق نهر');
  await page.getByRole('button', { name: 'اجعلها الصورة الرئيسة' }).click();
  await expect(page.getByRole('status')).toContainText('صارت الصورة رئيسة');
  await expect(field('العنوان')).toHaveValue('افتتاح الجسر');
  await page.getByRole('button', { name: 'احفظ وانشر' }).click();
  await expect(page.getByRole('status')).toHaveText('نُشر المقال.');
  const address = await page.getByRole('link', { name: 'صفحته على الموقع' }).getAttribute('href');
  const reader = await (await browser.newContext({ baseURL: own.url })).newPage();
  await reader.goto(address);
  const shown = reader.getByRole('img', { name: 'جسر معلق فوق نهر' });
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((one) => one.complete && one.naturalWidth > 0)).toBe(true);
});

test('uploaded with script after a line that broke, and looked at', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  await signIn(page, own, 'editor', 'salma@paper.example');
  await page.goto('/newsroom/media');
  await look(page, 'library');
  let broken = 0;
  await page.route('**/media/part/**', (route) => { broken += 1; return broken === 1 ? route.abort() : route.continue(); });
  await page.getByLabel('أضف صورًا أو ملفات').setInputFiles(picture);
  await expect(page).toHaveURL(/media\/show\/\d+/, { timeout: 30_000 });
  expect(broken).toBeGreaterThan(1);
  await expect(page.getByRole('status')).toContainText('صفه الآن');
  await look(page, 'media');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/newsroom/media');
  const hostile = { name: 'صورة.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') };
  await page.getByLabel('أضف صورًا أو ملفات').setInputFiles(hostile);
  await expect(page.locator('#coming')).toContainText('احفظ الرسم PNG');
  await look(page, 'library-refused');
  await page.goto(`/newsroom/media?q=${encodeURIComponent('جسور')}`);
  await expect(page.getByRole('main').getByText('جسر معلق فوق نهر')).toBeVisible();
});
