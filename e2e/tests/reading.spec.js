// Reading without script, at three widths, in light and dark.
const { test, expect } = require('@playwright/test');
const { base, get, kinds, run } = require('../paper');
const { paper } = require('../papers');

const widths = [360, 768, 1280];

for (const width of widths) {
  test(`every type of page is whole without script at ${width} pixels`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 }, baseURL: base });
    const page = await context.newPage();
    const elsewhere = [];
    page.on('request', (request) => { if (!request.url().startsWith(base)) elsewhere.push(request.url()); });
    for (const [kind, path] of Object.entries(await kinds())) {
      const response = await page.goto(path);
      expect(response.status(), kind).toBe(kind === 'missing' ? 404 : 200);
      await expect(page.locator('html'), kind).toHaveAttribute('dir', 'rtl');
      await expect(page.locator('h1'), kind).toHaveCount(1);
      await expect(page.locator('aside li').first(), kind).toBeVisible();
      const size = await page.locator('html').evaluate((root) => [root.scrollWidth, root.clientWidth]);
      expect(size[0], `${kind} overflows sideways`).toBeLessThanOrEqual(size[1]);
      expect(await page.locator('script:not([src])').count(), `${kind} has an inline script`).toBe(
        await page.locator('script[type="application/ld+json"]').count(),
      );
    }
    expect(elsewhere).toEqual([]);
    await context.close();
  });
}

test('no page logs an error or breaks its own policy', async ({ page }) => {
  const said = [];
  page.on('console', (message) => { if (message.type() === 'error') said.push(message.text()); });
  page.on('pageerror', (error) => said.push(String(error)));
  for (const [kind, path] of Object.entries(await kinds())) {
    if (kind === 'missing') continue; // Chromium logs the 404 itself.
    await page.goto(path);
  }
  expect(said).toEqual([]);
});

test('text at 200 % neither overflows nor is cut', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, baseURL: base });
  const page = await context.newPage();
  for (const [kind, path] of Object.entries(await kinds())) {
    await page.goto(path);
    await page.addStyleTag({ content: 'html{font-size:200% !important}' }).catch(() => {});
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const size = await page.locator('html').evaluate((root) => [root.scrollWidth, root.clientWidth]);
    expect(size[0], `${kind} overflows sideways`).toBeLessThanOrEqual(size[1]);
  }
  await context.close();
});

test('back to top moves the focus with it', async ({ page }) => {
  await page.goto((await kinds()).article);
  await page.locator('a[href="#top"]').last().focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  await page.keyboard.press('Tab');
  const place = await page.evaluate(() => document.activeElement.getBoundingClientRect().top);
  expect(place).toBeLessThan(200);
});

test('related articles share tags, else the words of the text, and none is withdrawn', async () => {
  const harvest = 'حصاد القمح في الجزيرة والفرات ومطاحن الحبوب وصوامعها وأسعار الطحين والخبز';
  const race = 'سباق الدراجات بين حمص وطرطوس والمتسابقون والمراحل الجبلية وخط النهاية';
  const story = (headline, body, tag) => ({ headline, standfirst: '', body: `${body}. ${body} أيضًا.`, section: 0, tag });
  const own = await paper([
    story('القمح أولًا', harvest), story('القمح ثانيًا', harvest), story('سباق', race), story('القمح ثالثًا', harvest),
    story('وسم أول', race, 'وسم'), story('وسم آخر', harvest, 'وسم'),
  ], []);
  try {
    const related = async (path) => {
      const html = String((await get(path, {}, own.url)).body);
      return [...(html.split('id="related-title"')[1] ?? '').matchAll(/<h3><a[^>]*>([^<]*)</g)].map((found) => found[1]);
    };
    const home = String((await get('/', {}, own.url)).body);
    const path = (headline) => home.match(new RegExp(`<a href="([^"]+)">(?:<bdi>)?${headline}<`))[1];
    expect(new Set(await related(path('القمح أولًا')))).toEqual(new Set(['القمح ثانيًا', 'القمح ثالثًا', 'وسم آخر']));
    expect((await related(path('وسم أول')))[0]).toBe('وسم آخر');
    run(own.data, 'article', 'withdraw', path('القمح ثانيًا').split('/')[2]);
    await expect.poll(() => related(path('القمح أولًا'))).not.toContain('القمح ثانيًا');
  } finally {
    await own.end();
  }
});
