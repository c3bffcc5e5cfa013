// Reading without script, at three widths, in light and dark.
const { test, expect } = require('@playwright/test');
const { faults } = require('../geometry');
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

test('no page logs an error, breaks its own policy or asks another host', async ({ page }) => {
  const said = [];
  page.on('request', (request) => { if (!request.url().startsWith(base)) said.push(request.url()); });
  page.on('console', (message) => { if (message.type() === 'error') said.push(message.text()); });
  page.on('pageerror', (error) => said.push(String(error)));
  for (const [kind, path] of Object.entries(await kinds())) {
    if (kind === 'missing') continue; // Chromium logs the 404 itself.
    await page.goto(path);
  }
  expect(said).toEqual([]);
});

for (const width of [360, 1280]) {
  test(`text at 200 % neither overflows nor is cut at ${width} pixels`, async ({ browser }) => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, baseURL: base, reducedMotion: 'reduce' });
    for (const [kind, path] of Object.entries(await kinds())) {
      await page.goto(path);
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      expect(await page.evaluate(faults), kind).toEqual([]);
    }
    await page.close();
  });
}

for (const script of [true, false]) {
  test(`back to top and past the menus by keyboard, ${script ? 'with' : 'without'} script`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: base, javaScriptEnabled: script });
    const page = await context.newPage();
    await page.goto((await kinds()).article);
    await page.locator('a[href="#top"]').last().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    // The focus came along: the next stop is the first link of the page.
    await page.keyboard.press('Tab');
    await expect(page.locator('.skip')).toBeFocused();
    await expect(page.locator('.skip'), 'seen once it has the focus').toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.querySelector('main').contains(document.activeElement))).toBe(true);
    await context.close();
  });
}

test('the article is shared by plain links', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto((await kinds()).article);
  const links = Object.fromEntries(await page.locator('.share a').evaluateAll((all) => all.map((link) => [link.textContent, link.href])));
  const permalink = links['الرابط الدائم'];
  expect(permalink).toMatch(/\/a\/\d+$/);
  for (const [name, host] of [['واتساب', 'wa.me'], ['تلغرام', 't.me'], ['فيسبوك', 'www.facebook.com'], ['إكس', 'x.com']]) {
    const url = new URL(links[name]);
    expect(url.host).toBe(host);
    expect([...url.searchParams.values()].join(' ')).toContain(permalink);
  }
  await page.locator('.copy').click();
  await expect(page.locator('.copy')).toHaveText('نُسخ الرابط');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(permalink);
  expect((await get(new URL(permalink).pathname)).status).toBe(301);
});

test('each headline has its full date, and nothing of 2017 looks new', async ({ page }) => {
  const weekdays = 'الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد';
  const { home, section, tag, author, day, archive, article } = await kinds();
  for (const address of [home, section, tag, author, day, archive, article]) {
    await page.goto(address);
    const lines = await page.locator('.lead, .card, .more li').evaluateAll((all) => all.map((line) => line.querySelector('time')?.textContent ?? ''));
    expect(lines.length, address).toBeGreaterThan(0);
    for (const line of lines) expect(line, address).toMatch(new RegExp(`^(${weekdays}) \\d{1,2} \\S.* \\d{4}$`));
  }
  expect(String((await get(article)).body)).toContain('مقال من الأرشيف، نُشر يوم <bdi>الجمعة 15 سبتمبر/أيلول 2017</bdi>');
});

test('on paper there is the article and no furniture, in ink on white', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto((await kinds()).article);
  for (const hidden of ['.ticker', '.folio', 'nav', '.share', '.to-top', '.related', '.sample']) await expect(page.locator(hidden).first(), hidden).toBeHidden();
  for (const shown of ['h1', '.byline', '.body', '.note']) await expect(page.locator(shown).first(), shown).toBeVisible();
  for (const [selector, light] of [['html', 255], ['.note', 230]]) {
    const [ink, paper] = await page.locator(selector).first().evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return [color, backgroundColor].map((value) => Number(value.match(/\d+/)[0]));
    });
    expect(ink, selector).toBeLessThan(60);
    expect(paper, selector).toBeGreaterThanOrEqual(light);
  }
});

test('a day of many articles goes on, and a full strip needs no one to push', async () => {
  const stories = Array.from({ length: 30 }, (_, at) => ({ headline: `خبر ${at}`, standfirst: '', body: `نص ${at}`, section: at % 5, apart: 60_000 }));
  const own = await paper(stories, []);
  try {
    const read = async (path) => String((await get(path, {}, own.url)).body);
    const first = await read('/archive/2026/11/24');
    const [, next] = first.match(/<a rel="next" href="([^"]+)">/);
    const headlines = (html) => [...html.matchAll(/<h2><a[^>]*>([^<]*)</g)].map((found) => found[1]);
    const second = await read(next.replaceAll('&amp;', '&'));
    expect([...headlines(first), ...headlines(second)]).toEqual(stories.map((story) => story.headline));
    expect(second).not.toContain('rel="next"');
    expect(second).toContain('<a rel="prev" href="/archive/2026/11/24">');
    expect(second).toMatch(/<title>[^<]*، الصفحة 2\u2069/);
    expect(second).toContain('<span class="number">الصفحة <bdi>2</bdi></span></h1>');
    // The latest headlines fill the strip, each a link with its own time.
    const strip = first.match(/<aside[\s\S]*<\/aside>/)[0];
    const lines = [...strip.matchAll(/<li><a href="(\/a\/[^"]+)"><bdi>([^<]+)<\/bdi><\/a> <bdi><time datetime="([^"]+)">/g)];
    expect(lines.map((line) => line[2])).toEqual(stories.slice(0, 15).map((story) => story.headline));
    run(own.data, 'ticker', 'push', 'سطر من غرفة الأخبار');
    await expect.poll(() => read('/')).toContain('سطر من غرفة الأخبار');
  } finally {
    await own.end();
  }
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
