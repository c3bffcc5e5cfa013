// Readers' comments in a browser: written without script and with it, corrected,
// changed, taken back, answered, reported; right to left with what is not; and
// what comes from elsewhere, too often or too late.
const fs = require('node:fs');
const http = require('node:http');
const { test, expect } = require('@playwright/test');
const { faults } = require('../geometry');
const { astana, base, get } = require('../paper');
const { look, shots } = require('../look');
const { approve, cookie, post, talk, waiting } = require('../comments');

const day = 86_400_000;
const story = (headline, age) => ({ headline, standfirst: '', body: '<p>نص المقال.</p>', section: 0, age });
/** An address that nobody may see again. */
const marked = 'marked.reader@secret.example';
/** Longer than the shortest time in which anybody writes a comment. */
const written = () => new Promise((done) => { setTimeout(done, 3_200); });

let own;
let open;
let threads;
let crowded;
let old;
let number;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fs.mkdirSync(shots, { recursive: true });
  own = await talk([story('مقال مفتوح', 60_000), story('مقال للحوار', 120_000), story('مقال مزدحم', 180_000), story('مقال قديم', 31 * day)]);
  [open, threads, crowded, old] = own.articles;
  number = (address) => address.split('/')[2];
});
test.afterAll(() => own.end());

let writers = 0;
/** Sends a comment, and says its number once it is shown. */
async function shown(address, name, text, more = {}) {
  writers += 1;
  const answer = await post(own.url + address, { name, text, email: `writer-${writers}@mail.example`, ticket: own.ticket, ...more });
  expect(answer.status).toBe(303);
  const id = waiting(own.data).at(-1);
  approve(own.data, [id]);
  await expect.poll(async () => (await get(`/comments/at/${id}`, {}, own.url)).status).toBe(302);
  return id;
}

/** What a page must not do while it is read. */
function watch(page) {
  const said = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error' && !/status of (403|409|422|429) /.test(message.text())) said.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(own.url)) said.push(request.url()); });
  return said;
}

const fields = (page) => {
  const form = page.locator('form#write');
  return { text: form.getByLabel('التعليق'), name: form.getByLabel('الاسم', { exact: false }).first(), email: form.locator('[name=email]'), remember: form.getByRole('checkbox'), send: form.getByRole('button') };
};

test('without script: faults beside their fields, looked at again, changed, taken back', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: own.url });
  const page = await context.newPage();
  // What looks at a page is a script: it gets the same page elsewhere.
  const second = await browser.newContext();
  const twin = await second.newPage();
  const lookAt = async (name) => {
    const body = await page.content();
    await twin.route(`${own.url}/twin`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await twin.goto(`${own.url}/twin`);
    await look(twin, name);
  };
  await page.goto(open);
  let form = fields(page);
  await expect(page.locator('#write')).toContainText('لن يُنشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *');
  for (const field of [form.text, form.name, form.email]) await expect(field).toHaveAttribute('required');
  await form.text.fill('ـــ');
  await form.name.fill('؟؟؟');
  await form.email.fill('layla@paper');
  await form.remember.check();
  const [refused] = await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), form.send.click()]);
  expect(refused.status()).toBe(422);
  form = fields(page);
  for (const [field, typed, fault] of [[form.text, 'ـــ', 'اكتب تعليقك'], [form.name, '؟؟؟', 'لا حرف في هذا الاسم'], [form.email, 'layla@paper', 'name@example.org']]) {
    await expect(field).toHaveValue(typed);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator(`#${await field.getAttribute('aria-describedby')}`)).toContainText(fault);
    await expect(field).toHaveAccessibleDescription(new RegExp(fault));
  }
  await expect(form.remember).toBeChecked();
  await lookAt('comment-faults');
  // Two are corrected, one is not: it alone is named.
  await form.text.fill('أول سطر\n\nفقرة ثانية مع BBC و3-1');
  await form.name.fill('ليلى حداد');
  await form.send.click();
  await expect(form.email).toHaveAttribute('aria-invalid', 'true');
  for (const field of [form.text, form.name]) await expect(field).not.toHaveAttribute('aria-invalid');
  await expect(form.text).toHaveValue('أول سطر\n\nفقرة ثانية مع BBC و3-1');

  // From the article, at once: a person says so by sending it once more.
  await page.goto(open);
  form = fields(page);
  await form.text.fill('تعليق بلا برامج');
  await form.name.fill('ليلى حداد');
  await form.email.fill('layla@paper.example');
  await form.send.click();
  await expect(page.getByRole('alert')).toContainText('راجع تعليقك');
  await expect(form.text).toHaveValue('تعليق بلا برامج');
  await expect(form.name).toHaveValue('ليلى حداد');
  await expect(form.email).toHaveValue('layla@paper.example');
  expect(waiting(own.data)).toEqual([]);
  await lookAt('comment-again');
  await written();
  const [answer] = await Promise.all([page.waitForResponse(/\/comments\/mine/), form.send.click()]);
  expect(answer.headers()['cache-control']).toBe('no-store');
  expect(answer.headers()['x-robots-tag']).toBe('noindex');
  expect(new URL(page.url()).pathname).toBe('/comments/mine');
  await expect(page.getByRole('main').getByRole('status')).toContainText('وصل تعليقك');
  await expect(page.locator('.state')).toHaveText('ينتظر هيئة التحرير');
  expect(waiting(own.data).length).toBe(1);
  await lookAt('comment-waits');
  const text = page.locator('.own textarea');
  await expect(text).toHaveValue('تعليق بلا برامج');
  expect(String((await get(open, {}, own.url)).body)).not.toContain('تعليق بلا برامج');
  const other = await browser.newPage({ baseURL: own.url });
  await other.goto('/comments/mine');
  await expect(other.locator('.own')).toHaveCount(0);
  await other.close();

  await text.fill(' ـ ');
  await page.getByRole('button', { name: 'احفظ التعديل' }).click();
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await expect(text).toHaveAccessibleDescription(/اكتب تعليقك/);
  await expect(text).toHaveValue(' ـ ');
  await lookAt('comment-change-refused');
  await text.fill('تعليق بلا برامج، عدّلته');
  await page.getByRole('button', { name: 'احفظ التعديل' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('حُفظ تعديلك');
  await expect(text).toHaveValue('تعليق بلا برامج، عدّلته');
  await page.getByRole('button', { name: 'اسحب التعليق' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('سُحب تعليقك');
  await expect(page.locator('.state')).toHaveText('مسحوب');
  await expect(text).toHaveCount(0);
  expect(waiting(own.data)).toEqual([]);
  await lookAt('comment-withdrawn');
  await second.close();
  await context.close();
});

test('with script: once for two clicks, the name remembered, and the address never told', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  const said = watch(page);
  const bodies = [];
  page.on('response', (response) => { if (!/event-stream/.test(response.headers()['content-type'])) bodies.push(response.body().then(String, () => '')); });
  const hidden = () => page.locator('#write [name=ticket]').inputValue();
  await page.goto(open);
  expect(await hidden()).toBe('');
  let form = fields(page);
  await form.text.focus();
  await expect.poll(hidden).toMatch(/^\d+-\w+$/);
  await form.text.fill('تعليق نُقر زرّه مرتين');
  await form.name.fill('ليلى حداد');
  await form.email.fill(marked);
  await form.remember.check();
  await written();
  await form.send.dblclick();
  await expect(page.getByRole('main').getByRole('status')).toContainText('وصل تعليقك');
  const [id, ...more] = waiting(own.data);
  expect(more).toEqual([]);
  const jar = await context.cookies();
  expect(jar.map((own) => [own.name, own.httpOnly, own.sameSite])).toEqual([['warraq-commenter', true, 'Lax'], ['warraq-remembered', true, 'Lax']]);
  // The same once more is the same comment.
  const again = await post(own.url + open, { name: 'ليلى', email: marked, text: 'تعليق نقر زره مرتين', ticket: own.ticket });
  expect([again.status, again.headers.location]).toEqual([303, '/comments/mine?done=before']);
  expect(waiting(own.data)).toEqual([id]);

  await page.goto(open);
  form = fields(page);
  await expect(form.name).toHaveValue('');
  await form.text.focus();
  await expect(form.name).toHaveValue('ليلى حداد');
  await expect(form.email).toHaveValue('');
  await expect(form.email).not.toHaveAttribute('required');
  await expect(form.remember).toBeChecked();
  const seen = () => page.evaluate(() => JSON.stringify([document.documentElement.outerHTML, document.cookie, { ...localStorage }, { ...sessionStorage }, [...document.querySelectorAll('input, textarea')].map((field) => [field.value, field.defaultValue, field.placeholder])]));
  const pages = [await seen()];
  await form.text.fill('تعليق ثانٍ بعنوان محفوظ');
  await written();
  await form.send.click();
  await expect(page.locator('.own')).toHaveCount(2);
  pages.push(await seen());
  await page.goto(`/comments/${number(open)}/write`);
  form = fields(page);
  await expect(form.name).toHaveValue('ليلى حداد');
  await expect(form.email).toHaveValue('');
  await expect(form.email).not.toHaveAttribute('required');
  pages.push(await seen());
  await look(page, 'comment-remembered');
  // What is refused does not tell it either.
  await form.text.fill('ـ');
  await form.send.click();
  await expect(form.text).toHaveAttribute('aria-invalid', 'true');
  await expect(form.email).toHaveValue('');
  pages.push(await seen());
  // Whoever no longer asks for it is forgotten.
  await form.text.fill('تعليق ثالث بلا حفظ');
  await form.remember.uncheck();
  await written();
  await form.send.click();
  await expect(page.locator('.own')).toHaveCount(3);
  expect((await context.cookies()).map((own) => own.name)).toEqual(['warraq-commenter']);

  const told = [...await Promise.all(bodies), ...pages, ...jar.map((own) => own.value)];
  expect(told.some((body) => body.includes('ليلى حداد'))).toBe(true);
  for (const secret of [marked, 'marked.reader', 'marked%2Ereader', Buffer.from(marked).toString('base64').slice(0, 24)]) expect(told.filter((body) => body.includes(secret))).toEqual([]);
  expect(said).toEqual([]);
  await context.close();
});

const latin = 'This comment is written from left to right, with one word: شكرا';
const texts = ['BBC: قال الوزير إن الخطة جاهزة', '@name شكرًا لك على هذا التوضيح', '#tag وسم عربي في أول السطر', '3-1 نتيجة لم نتوقعها', 'فاز الفريق 3-1 في Camp Nou أمس، (حسب BBC).', latin, '٢٠٢٦ سنة خير إن شاء الله', `https://paper.example/${'a-long-path/'.repeat(12)} رابط طويل`, 'x'.repeat(200)];
const names = ['John Smith', 'محمد Ali 3', 'س'.repeat(60), 'W'.repeat(60), 'BBC عربي', 'Ω', 'ليلى', 'قارئ 1973', '(نورة)'];

/** Runs in a page: where each comment and its words stand. */
function places() {
  return [...document.querySelectorAll('.comment')].map((comment) => {
    const line = (element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const boxes = [...range.getClientRects()];
      return Math.max(...boxes.filter((box) => box.top < boxes[0].bottom - 2).map((box) => box.right));
    };
    const words = comment.querySelector('.words');
    const paragraph = words.querySelector('p');
    const box = paragraph.getBoundingClientRect();
    const node = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode();
    const first = document.createRange();
    first.setStart(node, 0);
    first.setEnd(node, node.data.search(/\s|$/));
    const meta = comment.querySelector('.meta').getBoundingClientRect();
    return {
      id: comment.id, depth: Number(comment.className.match(/d(\d)/)[1]), text: paragraph.textContent, direction: getComputedStyle(words).direction, dir: words.getAttribute('dir'),
      first: [first.getBoundingClientRect().left - box.left, box.right - first.getBoundingClientRect().right], right: box.right, name: meta.right - line(comment.querySelector('.meta bdi')),
    };
  });
}

test('answers in their order, right to left with what is not', async ({ browser }) => {
  test.setTimeout(240_000);
  const first = await shown(threads, 'John Smith', texts[0]);
  const last = await shown(threads, 'آخر من كتب', 'تعليق بعد الأول');
  // An answer from the comment's own link, by keyboard.
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  const said = watch(page);
  await page.goto(threads);
  await page.locator(`#comment-${first}`).getByRole('link', { name: 'ردّ' }).press('Enter');
  expect(page.url()).toContain(`/comments/${number(threads)}/write?to=${first}`);
  await expect(page.locator('.comment')).toContainText('قال الوزير');
  const form = fields(page);
  await form.text.focus();
  await page.keyboard.type('ردّ بلوحة المفاتيح');
  for (const words of ['Ali علي', 'ali@mail.example']) { await page.keyboard.press('Tab'); await page.keyboard.type(words); }
  await page.keyboard.press('Tab');
  await expect(form.remember).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(form.send, 'what no reader sees is not on the way').toBeFocused();
  await look(page, 'comment-answer');
  await written();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('status')).toContainText('وصل تعليقك');
  const answer = waiting(own.data).at(-1);
  approve(own.data, [answer]);
  await expect.poll(async () => (await get(`/comments/at/${answer}`, {}, own.url)).status).toBe(302);
  const second = await shown(threads, 'W'.repeat(60), latin, { reply_to: answer });
  const third = await shown(threads, 'س'.repeat(60), texts[4], { reply_to: second });
  for (const [at, text] of texts.entries()) await shown(threads, names[at], `${text}${at < 1 ? ' مرة أخرى' : ''}`);

  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto(threads);
      // Sixty letters without a blank are more than a line holds.
      expect((await page.evaluate(faults)).filter((fault) => fault !== `cut: ${'س'.repeat(60)}`), `${width} ${colorScheme}`).toEqual([]);
      const found = await page.evaluate(places);
      expect(found.slice(0, 5).map(({ id, depth }) => [id, depth])).toEqual([[first, 0], [answer, 1], [second, 2], [third, 2], [last, 0]].map(([id, depth]) => [`comment-${id}`, depth]));
      expect(found.length).toBe(5 + texts.length);
      for (const { text, direction, dir, first: [left, right], name } of found) {
        const isLatin = text === latin || /^x+$/.test(text);
        expect([direction, dir], text).toEqual(isLatin ? ['ltr', 'ltr'] : ['rtl', null]);
        // Its first word, BBC or 3-1 too, stands at its own edge; its name at the page's.
        if (!text.startsWith('paper.example')) expect(isLatin ? left : right, `${width}: ${text}`).toBeLessThan(3);
        expect(name, text).toBeLessThan(3);
      }
      const edge = (depth) => found.find((comment) => comment.depth === depth).right;
      expect(edge(0) - edge(1)).toBeGreaterThan(8);
      expect(edge(1) - edge(2)).toBeGreaterThan(8);
      await expect(page.locator(`#comment-${third} .meta`).first()).toContainText('ردًّا على');
    }
  }
  await look(page, 'comments-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await look(page, 'comments');
  // A report, and back.
  await page.locator(`#comment-${first}`).getByRole('link', { name: 'أبلغ عن إساءة' }).press('Enter');
  await look(page, 'comment-report');
  await page.getByRole('textbox').last().fill('فيه إساءة "لا تُنشر"');
  await page.getByRole('button', { name: 'أرسل البلاغ' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('وصل بلاغك');
  await look(page, 'comment-reported');
  await page.getByRole('link', { name: 'عد إلى التعليقات' }).click();
  await expect(page.locator(`#comment-${first}`)).toBeInViewport();
  expect(said).toEqual([]);
  await context.close();
});

test('sixty comments stand on two pages, in both orders', async ({ page }) => {
  test.setTimeout(120_000);
  for (let at = 0; at < 60; at += 1) {
    const answer = await post(own.url + crowded, { name: `قارئ ${at + 1}`, text: `التعليق رقم ${at + 1} من ستين`, email: `crowd-${at}@mail.example`, ticket: own.ticket });
    expect(answer.status).toBe(303);
  }
  const ids = waiting(own.data).slice(-60);
  approve(own.data, ids);
  await expect.poll(async () => String((await get(crowded, {}, own.url)).body)).toContain('60 تعليقًا');
  const said = watch(page);
  const all = () => page.locator('.comment .words').allInnerTexts();
  await page.goto(own.url + crowded);
  await page.getByRole('link', { name: 'كل التعليقات' }).click();
  expect((await all()).map((text) => text.trim())).toEqual(Array.from({ length: 50 }, (_, at) => `التعليق رقم ${at + 1} من ستين`));
  await page.getByRole('navigation', { name: 'صفحات التعليقات' }).getByRole('link', { name: '2' }).first().click();
  expect((await all()).length).toBe(10);
  await expect(page.locator('form#write')).toBeVisible();
  expect(await page.evaluate(faults)).toEqual([]);
  await look(page, 'comments-second-page');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'comments-second-page-dark');
  await page.getByRole('link', { name: 'الأحدث أولًا' }).click();
  expect((await all())[0].trim()).toBe('التعليق رقم 60 من ستين');
  // The address of a comment for good.
  await page.goto(`${own.url}/comments/at/${ids[54]}`);
  expect(new URL(page.url()).hash).toBe(`#comment-${ids[54]}`);
  await expect(page.locator(`#comment-${ids[54]}`)).toBeInViewport();
  await expect(page.locator(`#comment-${ids[54]}`)).toContainText('رقم 55');
  expect(said).toEqual([]);
});

test('what another site sends is refused, with its text kept, and nothing is stored', async ({ page }) => {
  test.setTimeout(120_000);
  const before = waiting(own.data);
  const form = `<!doctype html><form method="post" action="${own.url}${open}"><textarea name="text">من موقع آخر</textarea><input name="name" value="زائر"><input name="email" value="visitor@mail.example"><input name="ticket" value="${own.ticket}"></form><script>document.forms[0].submit()</script>`;
  const server = http.createServer((_, response) => { response.setHeader('content-type', 'text/html; charset=utf-8'); response.end(form); });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  try {
    // Another port of the same host, and another host.
    for (const host of ['127.0.0.1', 'localhost']) {
      const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.goto(`http://${host}:${server.address().port}/`)]);
      expect(answer.status(), host).toBe(403);
      expect(answer.headers()['set-cookie']).toBeUndefined();
      await expect(page.getByRole('alert')).toContainText('لم نتمكن من التحقق من هذا الإرسال');
      await expect(fields(page).text).toHaveValue('من موقع آخر');
    }
    const wordless = await post(own.url + open, { text: 'نص', name: 'زائر', email: 'visitor@mail.example', ticket: own.ticket }, { Origin: 'null' });
    expect(wordless.status).toBe(403);
    expect(waiting(own.data)).toEqual(before);
    await look(page, 'comment-from-elsewhere');
    // From our own page it is taken.
    await written();
    await fields(page).send.click();
    await expect(page.getByRole('main').getByRole('status')).toContainText('وصل تعليقك');
    expect(waiting(own.data).length).toBe(before.length + 1);
  } finally {
    server.close();
  }
});

test('too much at once is told, with the text kept and when to come again', async ({ page }) => {
  test.setTimeout(120_000);
  const strict = await talk([story('مقال لا يحتمل كثيرًا', 60_000)], 'from_range = 2');
  try {
    const [article] = strict.articles;
    for (let at = 0; at < 2; at += 1) expect((await post(strict.url + article, { text: `نص ${at}`, name: 'قارئ', email: 'reader@mail.example', ticket: strict.ticket })).status).toBe(303);
    await page.goto(strict.url + article);
    const form = fields(page);
    await form.text.fill('نص طويل\n\nلا يضيع منه شيء');
    await form.name.fill('قارئ صبور');
    await form.email.fill('patient@mail.example');
    const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), form.send.click()]);
    expect(answer.status()).toBe(429);
    expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
    await expect(page.getByRole('alert')).toContainText(/أرسله مرة أخرى بعد (أقل من دقيقة|دقيقة|دقيقتين|دقائق قليلة)/);
    await expect(form.text).toHaveValue('نص طويل\n\nلا يضيع منه شيء');
    await expect(form.name).toHaveValue('قارئ صبور');
    await expect(form.email).toHaveValue('patient@mail.example');
    await look(page, 'comment-flood');
    expect(waiting(strict.data).length).toBe(2);
  } finally {
    await strict.end();
  }
});

test('public pages are the same for everybody', async () => {
  const sent = await post(own.url + open, { text: 'تعليق لتعرف الصفحة صاحبه', name: 'سامر', email: 'samer@mail.example', remember: '1', ticket: own.ticket });
  const jar = sent.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');
  expect(jar).toMatch(/warraq-commenter=\S+; warraq-remembered=\S+/);
  expect(cookie(sent)).toMatch(/^warraq-commenter=/);
  for (const path of [open, threads, crowded, `/comments/${number(open)}`, '/']) {
    const [plain, known] = [await get(path, {}, own.url), await get(path, { cookie: jar }, own.url)];
    expect(known.status, path).toBe(200);
    expect(known.headers.etag, path).toBe(plain.headers.etag);
    expect(known.body.equals(plain.body), path).toBe(true);
    expect(plain.headers.vary ?? '', path).not.toMatch(/cookie/i);
    expect(known.headers['set-cookie'], path).toBeUndefined();
    expect((await get(path, { cookie: jar, 'if-none-match': plain.headers.etag }, own.url)).status, path).toBe(304);
  }
  // His own page is not.
  expect(String((await get('/comments/mine', { cookie: jar }, own.url)).body)).toContain('تعليق لتعرف الصفحة صاحبه');
});

test('an old article takes none, and says so with the text kept', async ({ page }) => {
  await page.goto(own.url + old);
  await expect(page.locator('form.write')).toHaveCount(0);
  // What was written before stays: in the shared paper there is some.
  await page.goto(base + await astana());
  await expect(page.locator('form.write')).toHaveCount(0);
  await expect(page.locator('#comments .comment').first()).toBeVisible();
  await expect(page.locator('#comments .closed')).toHaveText('أُغلق باب التعليق على هذا المقال.');
  await expect(page.locator('#comments').getByRole('link', { name: 'ردّ' })).toHaveCount(0);
  await look(page, 'comments-closed');
  const before = waiting(own.data);
  const answer = await post(own.url + old, { text: 'تعليق متأخر جدًّا', name: 'قارئ', email: 'late@mail.example', ticket: own.ticket });
  expect(answer.status).toBe(403);
  expect(answer.body).toContain('أُغلق باب التعليق على هذا المقال، فلم يُحفظ تعليقك.');
  expect(answer.body).toContain('تعليق متأخر جدًّا</textarea>');
  expect(waiting(own.data)).toEqual(before);
  await page.goto(`${own.url}/comments/${number(old)}/write`);
  expect(new URL(page.url()).pathname).toBe(new URL(own.url + old).pathname);
});

test('a reader asks for what is kept of him', async ({ page }) => {
  await page.goto(`${own.url}/comments/mine`);
  await page.getByRole('link', { name: 'ما نحفظه عنك' }).press('Enter');
  expect(new URL(page.url()).pathname).toBe('/comments/data');
  await look(page, 'comment-data');
  const email = page.getByRole('main').getByLabel('البريد الإلكتروني');
  await email.fill('layla@paper');
  await page.getByRole('button', { name: 'أرسل إليّ الرابط' }).click();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveValue('layla@paper');
  await expect(email).toHaveAccessibleDescription(/name@example\.org/);
  await look(page, 'comment-data-fault');
  await email.fill('nobody@mail.example');
  await page.getByRole('button', { name: 'أرسل إليّ الرابط' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('سُجّل طلبك');
  await look(page, 'comment-data-asked');
});
