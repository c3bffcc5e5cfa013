// Keys of the newsroom on an Arabic layout, two texts beside each other, what the house
// style suggests and letters that are counted; and the same without script.
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
  own = await paper([{ headline: 'خبر من المدينة', standfirst: 'مقدمة', body: '<p>نص الخبر كما نُشر.</p>', section: 0, age: 3_600_000 }], [], { newest: Date.now() - 3_600_000 });
});
test.afterAll(() => own.end());

const CONTROL = 2, SHIFT = 8;
/** A key by its place, with the letter that an Arabic layout has there. */
async function press(page, code, key, modifiers = 0) {
  const client = await page.context().newCDPSession(page);
  const common = { code, key, modifiers, windowsVirtualKeyCode: { KeyK: 75, Slash: 191 }[code] };
  await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...common });
  await client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
  await client.detach();
}
const palette = (page) => press(page, 'KeyK', 'ن', CONTROL);
const question = (page) => press(page, 'Slash', '؟', SHIFT);

test('two texts beside each other, and what the house suggests, without script', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url, javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await signIn(page, own, 'chief-editor');
  await page.goto('/newsroom/articles');
  await page.getByRole('button', { name: 'مقال جديد' }).click();
  await page.waitForURL(/edit/);
  const [, number] = page.url().match(/edit\/(\d+)/);
  const save = async (headline, standfirst, body) => {
    await page.goto(`/newsroom/articles/edit/${number}`);
    await page.getByLabel('العنوان', { exact: true }).fill(headline);
    await page.getByLabel('المقدمة', { exact: true }).fill(standfirst);
    await page.getByLabel('النص', { exact: true }).fill(body);
    await page.getByRole('button', { name: 'احفظ', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'حُفظ' })).toBeVisible();
  };
  const alike = ['الفقرة الأولى عن الوفد الزائر.', 'الثانية عن برنامج الزيارة.', 'الثالثة عن الطريق الطويل.', 'الرابعة عن السكان والبيوت.', 'الخامسة عن المدرسة الجديدة.', 'السادسة عن موسم القمح.'].join('\n\n');
  await save('عودة القطار إلى حلب', 'بعد اثني عشر عامًا', `قال الوزير إن المحادثات بدأت في OPEC+ أمس.\n\n${alike}\n\n- أول\n- ثانٍ\n\nفقرة تُحذف بعد حين.`);
  await save('عودة القطار BR-24 إلى حلب', 'بعد اثني عشر عامًا', `قال **الوزير** إن المحادثات انتهت في OPEC+ اليوم، وذهب الى  دمشق.\n\n${alike}\n\n## خلفية الخبر\n\n- أول\n- وسط\n- ثانٍ`);

  // What the house suggests: told, and nothing changed.
  const told = page.locator('details.findings');
  await expect(told).toContainText('اقتراحان');
  await told.locator('summary').click();
  await expect(told).toContainText('سقطت همزة');
  await expect(told.locator('strong').first()).toHaveText('إلى');
  await expect(told.getByRole('link', { name: 'النص' }).first()).toHaveAttribute('href', '#body');
  await expect(page.getByLabel('النص', { exact: true })).toHaveValue(/ذهب الى {2}دمشق/);
  await page.goto(`/newsroom/articles/preview/${number}`);
  await expect(page.locator('details.findings')).toContainText('اقتراحان');

  await page.goto(`/newsroom/articles/revisions/${number}`);
  await page.getByRole('button', { name: 'قارن النصين' }).click();
  await expect(page.getByRole('alert')).toContainText('اختر نصين مختلفين');
  await page.getByRole('radio', { name: 'الأول' }).nth(0).check();
  await page.getByRole('radio', { name: 'الثاني' }).nth(1).check();
  await page.getByRole('button', { name: 'قارن النصين' }).click();
  await expect(page.locator('del').filter({ hasText: 'بدأت' })).toContainText('حُذف:');
  await expect(page.locator('ins').filter({ hasText: 'انتهت' })).toContainText('أُضيف:');
  await expect(page.locator('ins').filter({ hasText: 'وسط' })).toBeVisible();
  await expect(page.locator('.marked').filter({ hasText: 'الوزير' }).first()).toBeVisible();
  await expect(page.locator('details').filter({ hasText: 'لم تتغيّر' })).toHaveCount(1);
  // The older text stands on the right, the newer beside it on the left; below each other on a telephone.
  const row = page.locator('.row.differs').filter({ hasText: 'بدأت' });
  const boxes = async () => [await row.locator('.was').boundingBox(), await row.locator('.side:not(.was)').boundingBox()];
  await page.setViewportSize({ width: 1280, height: 900 });
  let [was, is] = await boxes();
  expect(was.x).toBeGreaterThan(is.x + is.width - 1);
  expect(Math.abs(was.y - is.y)).toBeLessThan(2);
  await page.setViewportSize({ width: 390, height: 900 });
  [was, is] = await boxes();
  expect(is.y).toBeGreaterThanOrEqual(was.y + was.height);

  // The page of keys and screens.
  await page.goto('/newsroom');
  await page.getByRole('link', { name: 'المفاتيح والشاشات' }).click();
  await expect(page.getByRole('main')).toContainText('Ctrl+K');
  await expect(page.locator('#screens').getByRole('link', { name: 'حسابك' })).toHaveAttribute('href', '/newsroom/account');
  await expect(page.locator('#screens a[href="/newsroom/users"]')).toHaveCount(0);

  // The same screens with script, for what looks at them.
  const state = await context.storageState();
  const looked = await browser.newContext({ baseURL: own.url, storageState: state });
  const screen = await looked.newPage();
  await screen.goto(`/newsroom/articles/revisions/${number}`);
  const texts = await screen.locator('input[name=one]').evaluateAll((all) => all.map((one) => one.value));
  await look(screen, 'keys-revisions');
  await screen.setViewportSize({ width: 1280, height: 900 });
  await screen.goto(`/newsroom/articles/revisions/${number}?one=${texts[1]}&other=${texts[0]}`);
  await look(screen, 'keys-difference');
  await screen.goto('/newsroom/keys');
  await look(screen, 'keys-page');
  await screen.setViewportSize({ width: 1280, height: 900 });
  await screen.goto(`/newsroom/articles/edit/${number}`);
  await screen.locator('details.findings summary').click();
  await look(screen, 'keys-house');

  // Letters, counted as one types.
  const letters = screen.locator('[data-letters=headline]');
  await expect(letters).toHaveText('25');
  await screen.getByLabel('العنوان', { exact: true }).fill('سُورِيّا');
  await expect(letters).toHaveText('5');
  await screen.getByLabel('العنوان', { exact: true }).fill('ك'.repeat(91));
  await expect(letters).toHaveText('91');
  await expect(screen.getByText('هذا طويل.')).toBeVisible();
  for (const one of [context, looked]) await one.close();
});

test('? and Ctrl+K by the places of their keys', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await signIn(page, own, 'chief-editor', 'keys@paper.example');
  await page.goto('/newsroom/account');
  const from = page.getByRole('link', { name: 'سجل الأعمال', exact: true });
  await from.focus();
  await palette(page);
  const field = page.getByRole('combobox');
  await expect(field).toBeFocused();
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  // By folded letters, in either language.
  await page.keyboard.insertText('التعليقات');
  await expect(page.getByRole('option').first()).toContainText('تعليقات');
  await field.fill('audit tr');
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(field).toHaveAttribute('aria-activedescendant', 'palette-0');
  await field.fill('ززز');
  await expect(page.getByText('لا شاشة بهذا الاسم')).toBeVisible();
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  // Not where one may not go.
  await field.fill('accounts');
  await expect(page.getByRole('option')).toHaveCount(0);
  await field.fill('');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await look(page, 'keys-palette');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(from).toBeFocused();
  await palette(page);
  await field.fill('سجل');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/newsroom/trail');

  await from.focus();
  await question(page);
  const help = page.getByRole('dialog', { name: 'المفاتيح والشاشات' });
  await expect(help).toBeVisible();
  await expect(help).toContainText('Ctrl+K');
  await expect(help.getByText('التعليق التالي')).toBeHidden();
  await look(page, 'keys-help');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(from).toBeFocused();
  // Switched off, as the moderators' keys are.
  await question(page);
  await help.getByRole('checkbox').uncheck();
  await help.getByRole('button', { name: 'أغلق' }).click();
  await question(page);
  await expect(help).toBeHidden();
  await context.close();
});
