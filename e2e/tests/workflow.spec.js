// A text goes from its writer to its reviewer and back, in two browsers without
// script: handed in, sent back with words, approved and published; a desk is made
// and a text assigned; and the screens of it looked at.
const fs = require('node:fs');
const { test, expect } = require('@playwright/test');
const { paper } = require('../papers');
const { look, shots } = require('../look');
const { signIn } = require('../comments');

test.describe.configure({ mode: 'serial' });

const headline = 'افتتاح سوق الحبوب في حلب';
let own;
let writer;
let editor;
let chief;
let number;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  fs.mkdirSync(shots, { recursive: true });
  const story = (at) => ({ headline: `خبر من المدينة رقم ${at}`, standfirst: 'مقدمة', body: '<p>نص الخبر كما نُشر.</p>', section: at, age: at * 3_600_000 });
  own = await paper([0, 1, 2].map(story), [], { newest: Date.now() - 3_600_000 });
  const enter = async (role, address, name) => {
    const context = await browser.newContext({ baseURL: own.url, javaScriptEnabled: false });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await signIn(page, own, role, address, name);
    return page;
  };
  writer = await enter('reporter', 'writer@paper.example', 'عمر الحلبي');
  editor = await enter('editor', 'editor@paper.example', 'سلمى قنديل');
  chief = await enter('chief-editor', 'chief@paper.example', 'ليلى حداد');
});
test.afterAll(() => own.end());

const field = (page, name) => page.getByLabel(name, { exact: true });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const says = (page, words) => expect(page.getByRole('status')).toContainText(words);
const told = async (page, words) => {
  await page.getByRole('link', { name: /الإخطارات/ }).click();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: words }).first()).toBeVisible();
};

test('a desk is made', async () => {
  await chief.getByRole('link', { name: 'المكاتب' }).click();
  await chief.getByLabel('الاسم').fill('مكتب الاقتصاد');
  for (const name of ['عمر الحلبي', 'سلمى قنديل']) await chief.getByLabel(name).check();
  await chief.locator('fieldset').first().getByRole('checkbox').first().check();
  await press(chief, 'أنشئه');
  await says(chief, 'حُفظ');
  await expect(chief.getByRole('heading', { name: 'مكتب الاقتصاد' })).toBeVisible();
});

test('handed in, sent back with words, approved and published', async () => {
  test.setTimeout(120_000);
  await writer.getByRole('link', { name: 'المقالات' }).click();
  await press(writer, 'مقال جديد');
  [, number] = writer.url().match(/edit\/(\d+)/);
  await field(writer, 'العنوان').fill(headline);
  await field(writer, 'النص').fill('افتُتح السوق اليوم.');
  await field(writer, 'القسم').selectOption({ index: 1 });
  await press(writer, 'أرسله إلى المراجعة');
  await says(writer, 'أُرسل النص إلى المراجعة.');
  await told(editor, 'عمر الحلبي: أرسل نصًا إلى المراجعة');
  await editor.getByRole('link', { name: headline }).click();
  await expect(field(editor, 'النص')).toHaveValue('افتُتح السوق اليوم.');
  await field(editor, 'ما الذي يُعدَّل؟').fill('كم سعر الطن؟ راجع @ليلى حداد.');
  await press(editor, 'اطلب تعديلًا');
  await says(editor, 'طُلب تعديل النص');
  await told(writer, 'سلمى قنديل: طلب تعديل نصك');
  await told(chief, 'ذكرك في ملاحظة');
  await writer.getByRole('link', { name: headline }).click();
  await expect(writer.getByRole('region', { name: 'ملاحظات الزملاء' })).toContainText('كم سعر الطن؟');
  await field(writer, 'النص').fill('افتُتح السوق اليوم. بيع الطن بمئتي دولار.');
  await press(writer, 'أرسله إلى المراجعة');
  await editor.goto('/newsroom/articles?list=waiting');
  await editor.getByRole('link', { name: headline }).click();
  await press(editor, 'اعتمده');
  await says(editor, 'اعتُمد النص.');
  await press(editor, 'احفظ وانشر');
  await says(editor, 'نُشر المقال.');
  await told(writer, 'نشر نصك');
});

test('its screens are looked at', async ({ browser }) => {
  test.setTimeout(120_000);
  await press(editor, 'الخروج').catch(() => undefined);
  await chief.goto('/newsroom/articles');
  await press(chief, 'مقال جديد');
  const [, article] = chief.url().match(/edit\/(\d+)/);
  await field(chief, 'العنوان').fill('ميزانية المدينة للعام المقبل');
  await field(chief, 'الكلمات المقصودة من النص').fill('12 مليار ليرة');
  await field(chief, 'ملاحظة جديدة').fill('الرقم من بيان المجلس. @عمر الحلبي أرفق الرابط.');
  await press(chief, 'أضف الملاحظة');
  await says(chief, 'أُضيفت الملاحظة.');
  await chief.getByText('أسند المقال').click();
  await field(chief, 'إلى').selectOption({ label: 'عمر الحلبي' });
  const ahead = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await field(chief, 'الموعد الأخير').fill(`${ahead}T18:00`);
  await press(chief, 'أسنده');
  await says(chief, 'أُسند المقال.');
  const state = await chief.context().storageState();
  const context = await browser.newContext({ baseURL: own.url, storageState: state });
  const screen = await context.newPage();
  for (const [path, name] of [
    [`/newsroom/articles/edit/${article}`, 'work'],
    ['/newsroom/articles?list=work', 'work-list'],
    ['/newsroom/notifications', 'notifications'],
    ['/newsroom/desks', 'desks'],
    ['/newsroom/authors', 'authors'],
  ]) {
    await screen.setViewportSize({ width: 1280, height: 900 });
    await screen.goto(path);
    await look(screen, name);
  }
  await context.close();
});
