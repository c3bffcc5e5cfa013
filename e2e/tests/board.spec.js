// The ticker, the front page and the settings in a browser, with script and without, by keyboard
// and by dragging; what readers see of it; and the screens looked at.
const fs = require('node:fs');
const { test, expect } = require('@playwright/test');
const { get, run } = require('../paper');
const { paper } = require('../papers');
const { look, shots } = require('../look');
const { signIn } = require('../comments');

// Who signs in is made by the first.
test.describe.configure({ mode: 'serial' });

let own;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fs.mkdirSync(shots, { recursive: true });
  const story = (at) => ({ headline: `خبر من المدينة رقم ${at}`, standfirst: 'مقدمة', body: '<p>نص الخبر كما نُشر.</p>', section: at % 3, age: at * 3_600_000 });
  own = await paper(Array.from({ length: 20 }, (_, at) => story(at)), [], { newest: Date.now() - 3_600_000 });
});
test.afterAll(() => own.end());

/** What readers see at this moment. */
const front = async () => (await get('/', {}, own.url)).body.toString('utf8');
const soon = { timeout: 1_000, intervals: [20] };
/** The texts of the lines that readers see, from the top. */
async function ticker() {
  const aside = (await front()).split('<aside class="ticker"')[1].split('</aside>')[0];
  return [...aside.matchAll(/<bdi>([^<]+)<\/bdi>(?:<\/a>)? <bdi><time/g)].map((found) => found[1]);
}
/** The numbers of the first stories of the front page. */
async function stories(count) {
  const main = (await front()).split('<main')[1];
  const found = [...main.matchAll(/<h[23]><a href="[^"]*"[^>]*>خبر من المدينة رقم (\d+)</g)].map((one) => Number(one[1]));
  return found.slice(0, count);
}

async function open(browser, options = {}) {
  const context = await browser.newContext({ baseURL: own.url, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('request', (request) => expect(request.url().startsWith(own.url)).toBe(true));
  page.on('pageerror', (fault) => { throw fault; });
  return page;
}

/** Where something stands; the list may just be taken over from an answer. */
async function boxOf(target) {
  let box;
  await expect.poll(async () => { box = await target.boundingBox(); return box; }).not.toBeNull();
  return box;
}

let state;
test('headlines pushed, moved by keyboard and by dragging, and recalled', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await open(browser);
  await signIn(page, own, 'chief-editor');
  state = await page.context().storageState();
  await page.getByRole('link', { name: 'شريط الأخبار' }).click();
  await look(page, 'ticker-empty');
  for (const [words, urgent] of [['اجتماع OPEC+ في فيينا', false], ['هزة أرضية خفيفة شمالًا', true], ['فتح الطريق الدولي M5', false]]) {
    await page.getByLabel('الخبر', { exact: true }).fill(words);
    if (urgent) await page.getByLabel('علّمه «عاجل»').check();
    await page.getByLabel('متى يغادر الشريط؟').selectOption('120');
    await page.getByRole('button', { name: 'ادفعه إلى الشريط' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'الخبر في الشريط.' })).toBeVisible();
    await expect.poll(ticker, soon).toContain(words);
  }
  const lines = page.locator('#lines > li');
  await expect(lines).toHaveCount(3);
  await expect(lines.first()).toContainText('بعد ساعتين');
  // By keyboard: the first goes to the end, step by step.
  await lines.first().getByRole('button', { name: /^انقل/ }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.locator('#told')).toContainText(/الموضع .2. من .3./);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.locator('#told')).toContainText(/الموضع .3. من .3./);
  await expect(lines.last()).toContainText('M5');
  const moved = ['هزة أرضية خفيفة شمالًا', 'اجتماع OPEC+ في فيينا', 'فتح الطريق الدولي M5'];
  await expect.poll(ticker, soon).toEqual(moved);
  await expect(lines.last().getByRole('button', { name: /^انقل/ })).toBeFocused();
  // By dragging its handle to the top.
  const handle = await boxOf(lines.last().locator('.handle'));
  const top = await boxOf(lines.first());
  await page.mouse.move(handle.x + 5, handle.y + 10);
  await page.mouse.down();
  await page.mouse.move(handle.x + 5, top.y + top.height / 2 + 90, { steps: 8 });
  await page.mouse.move(handle.x + 5, top.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect.poll(ticker, soon).toEqual([moved[2], moved[0], moved[1]]);
  await look(page, 'ticker');
  // Another editor's push appears without reloading, and what is typed stays.
  await page.getByLabel('الخبر', { exact: true }).fill('نص لم يُدفع بعد');
  const colleague = await open(browser, { storageState: state, javaScriptEnabled: false });
  await colleague.goto('/newsroom/ticker');
  await colleague.getByLabel('الخبر', { exact: true }).fill('خبر من زميل');
  await colleague.getByRole('button', { name: 'ادفعه إلى الشريط' }).click();
  await expect(lines.first()).toContainText('خبر من زميل', { timeout: 2_000 });
  await expect(page.getByLabel('الخبر', { exact: true })).toHaveValue('نص لم يُدفع بعد');
  // Without script: down by a button, then recalled.
  const first = colleague.locator('#lines > li').first();
  await first.getByRole('button', { name: 'أنزله' }).click();
  await expect.poll(ticker, soon).toEqual([moved[2], 'خبر من زميل', moved[0], moved[1]]);
  await colleague.locator('#lines > li').nth(1).getByRole('button', { name: 'أزله من الشريط' }).click();
  await expect.poll(ticker, soon).toEqual([moved[2], moved[0], moved[1]]);
  // A fault stands beside its field, with what was typed.
  await page.getByLabel('إلى أين يقود؟').fill('javascript:x');
  await page.getByRole('button', { name: 'ادفعه إلى الشريط' }).click();
  await expect(page.getByText('ليس هذا عنوانًا.')).toBeVisible();
  await expect(page.getByLabel('الخبر', { exact: true })).toHaveValue('نص لم يُدفع بعد');
  await look(page, 'ticker-fault');
  await page.goto('/newsroom/ticker');
  await lines.first().getByRole('link', { name: 'عدّله' }).click();
  await expect(page.getByLabel('الخبر', { exact: true })).toHaveValue(moved[2]);
  await look(page, 'ticker-line');
});

test('a front page set by hand', async ({ browser }) => {
  test.setTimeout(120_000);
  const scripted = await open(browser, { storageState: state });
  await scripted.goto('/newsroom/front');
  await look(scripted, 'front-empty');
  const page = await open(browser, { storageState: state, javaScriptEnabled: false });
  await page.goto('/newsroom/front');
  // The oldest by its number, others among the newest and by words.
  const { articles } = run(own.data, 'article', 'list', '--state', 'published');
  const oldest = articles.find((one) => one.headline.endsWith('رقم 19'));
  await page.getByLabel('أو اكتب رقم مقال أو رابطه').fill(String(oldest.id));
  await page.getByRole('button', { name: 'أضفه', exact: true }).click();
  await expect.poll(() => stories(2), soon).toEqual([19, 0]);
  await page.getByLabel('ابحث في أحدث العناوين').fill('رقم 12');
  await page.getByRole('button', { name: 'ابحث' }).click();
  await page.getByRole('button', { name: 'أضفه خبر من المدينة رقم 12' }).click();
  await expect.poll(() => stories(3), soon).toEqual([19, 12, 0]);
  await page.locator('#lines > li').nth(1).getByRole('button', { name: 'ارفعه' }).click();
  await expect.poll(() => stories(3), soon).toEqual([12, 19, 0]);
  await scripted.goto('/newsroom/front');
  const lines = scripted.locator('#lines > li');
  await lines.nth(1).getByRole('button', { name: /^انقل/ }).focus();
  await scripted.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => stories(3), soon).toEqual([19, 12, 0]);
  const ahead = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await scripted.getByLabel('الموعد', { exact: true }).fill(`${ahead}T08:00`);
  await scripted.getByRole('button', { name: 'جهّز صفحة لهذا الموعد' }).click();
  await expect(scripted.getByText('الصفحة جاهزة لموعدها')).toBeVisible();
  await look(scripted, 'front-ahead');
  await scripted.getByRole('link', { name: 'الآن', exact: true }).click();
  await look(scripted, 'front');
  // The reader's page with two chosen is as sound as any.
  await scripted.goto('/');
  await look(scripted, 'front-readers');
});

test('a setting is changed and seen on the page', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await open(browser, { storageState: state });
  await page.goto('/newsroom/settings');
  await look(page, 'settings');
  await page.getByLabel('السطر تحت الاسم').fill('يومية من المدينة');
  // The example follows what is chosen; nothing is saved yet.
  await page.getByLabel('أسماء ثانية إلى جانبها').selectOption('');
  await page.getByLabel('التاريخ الهجري إلى جانب الميلادي').check();
  await expect(page.locator('#example')).toContainText('هـ');
  await expect(page.locator('#example')).not.toContainText('/');
  expect(await front()).not.toContain('يومية من المدينة');
  await page.getByLabel('المنطقة الزمنية').fill('Asia/Nowhere');
  await page.getByRole('button', { name: 'احفظ' }).click();
  await expect(page.getByRole('alert')).toContainText('Asia/Nowhere');
  await expect(page.getByLabel('السطر تحت الاسم')).toHaveValue('يومية من المدينة');
  await look(page, 'settings-fault');
  await page.getByLabel('المنطقة الزمنية').fill('Africa/Tunis');
  await page.getByRole('button', { name: 'احفظ' }).click();
  await expect(page.getByText('حُفظ ما غيّرته.')).toBeVisible();
  await expect.poll(front, soon).toContain('يومية من المدينة');
});
