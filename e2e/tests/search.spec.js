// Searching as a reader does: typing, suggestions, filters, results, and back;
// by keyboard, and without script.
const { test, expect } = require('@playwright/test');
const { default: AxeBuilder } = require('@axe-core/playwright');
const { faults } = require('../geometry');
const { look } = require('../look');
const { articles, astana, base, get, text, warraq } = require('../paper');

const results = (words, more = '') => `/search?q=${encodeURIComponent(words)}${more}`;

test('typing suggests, and the keyboard chooses', async ({ page }) => {
  await page.goto('/');
  const field = page.locator('.masthead').getByRole('searchbox');
  await field.focus();
  const combobox = page.locator('.masthead').getByRole('combobox', { name: 'ابحث في الصحيفة' });
  await expect(combobox, 'the script is loaded when it is needed').toHaveAttribute('aria-expanded', 'false');
  const before = await page.locator('main').boundingBox();
  await page.keyboard.type('سوري', { delay: 30 });
  const list = page.getByRole('listbox', { name: 'اقتراحات' });
  await expect(list).toBeVisible();
  expect(await page.locator('main').boundingBox(), 'nothing jumps').toEqual(before);
  await expect(combobox).toHaveAttribute('aria-expanded', 'true');
  const options = list.getByRole('option');
  expect(await options.count()).toBeGreaterThan(1);
  expect(await options.allTextContents()).toContain('سوريا قسم');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(list.locator('[aria-selected=true]'), 'past the end the field itself has it').toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  expect(await combobox.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
  await expect(combobox, 'the focus stays in the field').toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('.masthead').analyze();
  expect(violations.map((fault) => fault.id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(combobox).toHaveValue('سوري');
  await page.keyboard.press('ArrowDown');
  await expect(list, 'an arrow opens it again').toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/section\/syria$/);
});

test('words, results, a filter, an article, and back', async ({ page }) => {
  await page.goto('/');
  const field = page.locator('#find');
  await field.fill('سوريــة أستانا');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=/);
  const rows = page.locator('.search > .rows .card');
  await expect(rows.first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'عن «' })).toContainText('نتائج');
  await expect(rows.first().locator('mark').first()).toBeVisible();
  const all = await rows.count();
  // A period, and the newest first.
  await page.getByText('تضييق البحث').click();
  await page.getByLabel('من يوم').fill('2017-09-01');
  await page.getByLabel('إلى يوم').fill('2017-09-30');
  await page.getByLabel('الترتيب').selectOption('newest');
  await page.getByLabel('الكلمات', { exact: true }).press('Enter');
  await expect(page).toHaveURL(/from=2017-09-01&until=2017-09-30&order=newest/);
  const narrowed = await rows.count();
  expect(narrowed).toBeGreaterThan(0);
  expect(narrowed).toBeLessThan(all);
  for (const day of await rows.locator('time').evaluateAll((times) => times.map((time) => time.dateTime))) expect(day).toMatch(/^2017-09-/);
  const address = page.url();
  const headlines = await rows.locator('h2').allTextContents();
  await rows.first().locator('h2 a').click();
  await expect(page).toHaveURL(/\/a\/\d+\//);
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByLabel('الكلمات', { exact: true })).toHaveValue('سوريــة أستانا');
  await expect(page.getByLabel('الترتيب')).toHaveValue('newest');
  expect(await rows.locator('h2').allTextContents()).toEqual(headlines);
  // What narrows is taken away one by one.
  await page.getByRole('list', { name: 'البحث مضيَّق' }).getByRole('link', { name: /^من / }).click();
  await expect(page).not.toHaveURL(/from=/);
  await expect(page).toHaveURL(/until=2017-09-30/);
});

test('without script the same is there', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: base, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('#find').fill('سوريا');
  await page.locator('.find button').click();
  await expect(page.locator('h1')).toHaveText('نتائج البحث');
  const first = await page.locator('.search > .rows h2').allTextContents();
  expect(first.length).toBe(10);
  await page.getByRole('link', { name: 'التالية' }).click();
  await expect(page.locator('[aria-current=page]')).toHaveText('الصفحة 2');
  const second = await page.locator('.search > .rows h2').allTextContents();
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((headline) => first.includes(headline))).toEqual([]);
  await page.getByText('تضييق البحث').click();
  await page.getByLabel('القسم').selectOption({ label: 'سوريا' });
  await page.locator('.ask button').click();
  await expect(page).toHaveURL(/section=syria/);
  await page.locator('.search > .rows h2 a').first().click();
  await expect(page.locator('.section').first()).toHaveText('سوريا');
  await context.close();
});

test('the same story is found however it is spelled', async () => {
  const path = await astana();
  const lists = [];
  for (const words of ['سوريا', 'سورية', 'سوريــة', 'لسوريا', 'Syria']) {
    const pages = [await text(results(words)), await text(results(words, '&page=2'))].join('');
    const found = [...pages.matchAll(/<h2><a href="([^"]+)"/g)].map((link) => link[1]).sort();
    expect(found, words).toContain(path);
    lists.push(found);
  }
  for (const list of lists) expect(list).toEqual(lists[0]);
});

test('a withdrawn article is in no result and no suggestion a second later', async () => {
  const path = await astana();
  const id = path.split('/')[2];
  const headline = (await text(path)).match(/<h1>([^<]+)<\/h1>/)[1];
  const words = headline.split(' ').slice(1, 4).join(' ');
  const shown = async () => (await text(results(words))).includes(`href="${path}"`);
  const suggested = async () => (await text(`/search/suggest?q=${encodeURIComponent(words)}`)).includes(`/a/${id}/`);
  expect(await shown()).toBe(true);
  expect(await suggested()).toBe(true);
  warraq('article', 'withdraw', id);
  try {
    expect(await shown()).toBe(false);
    expect(await suggested()).toBe(false);
  } finally {
    warraq('article', 'restore', id);
  }
  await expect.poll(shown, { timeout: 1_000 }).toBe(true);
});

test('results, no results and the form look right, and axe finds no fault', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [name, address] of Object.entries({
    'search-results': results('سورية', '&section=syria&order=newest'),
    'search-nothing': results('زقزقة'),
    'search-form': '/search',
  })) {
    await page.goto(address);
    await look(page, name);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address);
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      expect(await page.evaluate(faults), `${name} at ${width}`).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(results('سورية'));
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  expect(violations.map((fault) => fault.nodes.map((node) => node.html).join(' '))).toEqual([]);
});

test('the ticker matches no search, and machines are told how to ask', async () => {
  const { items } = JSON.parse(await text('/live/ticker.json'));
  const pushed = items.find((item) => item.urgent);
  const page = await text(results(`"${pushed.text}"`));
  expect(page).toContain('لا نتائج');
  expect((await get('/opensearch.xml')).headers['content-type']).toContain('opensearchdescription');
  const home = await text('/');
  expect(home).toContain('href="/opensearch.xml"');
  const template = JSON.parse(home.match(/<script type="application\/ld\+json">([^<]+)</)[1]).potentialAction.target.urlTemplate;
  expect(new URL(template).pathname).toBe('/search');
  expect(await text('/robots.txt')).toContain('Disallow: /search');
  expect((await articles()).length).toBeGreaterThan(0);
});
