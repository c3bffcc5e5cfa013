// Nothing that a reader writes is run: two thousand vectors in every field, in
// Chromium without the policy that would stop them, on every page that shows them;
// and a control in which the same vectors do run.
const { test, expect } = require('@playwright/test');
const { get } = require('../paper');
const { approve, cookie, post, signIn, talk, waiting } = require('../comments');
const { events, vectors } = require('../vectors');

const all = vectors();
const day = 86_400_000;
/** Names have at most sixty letters. */
const short = all.filter(({ words }) => [...words.trim()].length <= 60);
/** What is left of words wherever they stand: neither blanks nor what cannot be seen. */
const bare = (words) => words.replace(/[^\x21-\x7e]/g, '');
/** Links are shown without their scheme, and shortened. */
const isLink = (words) => /https?:[\s\u2028]*\/\//i.test(words);

let own;
let article;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  own = await talk([{ headline: 'مقال لكل حيلة', standfirst: '', body: '<p>نص</p>', section: 0, age: day }]);
  article = own.articles[0].split('/')[2];
});
test.afterAll(() => own.end());

/** Runs in a page: all that somebody could do to it. */
function stir([selector, names]) {
  const makers = { click: MouseEvent, focus: FocusEvent, key: KeyboardEvent, mouse: MouseEvent, pointer: PointerEvent };
  const all = names.map((name) => new (makers[Object.keys(makers).find((start) => name.startsWith(start))] ?? Event)(name, { cancelable: true }));
  for (const element of document.querySelectorAll(selector)) for (const event of all) element.dispatchEvent(event);
}

test('the control: the same vectors do run where nothing is done against them', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.dismiss());
  await page.route('**', (route) => (route.request().url() === 'http://control.example/' ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }) : route.abort()));
  await page.goto('http://control.example/');
  await page.evaluate(() => { window.hits = { alone: new Set(), stirred: new Set() }; window.hit = (n) => window.hits.alone.add(n); });
  for (let at = 0; at < all.length; at += 100) {
    await page.evaluate(async ([some, names]) => {
      const shapes = {
        text: (words) => `<div>${words}</div>`, double: (words) => `<input value="${words}">`, single: (words) => `<input value='${words}'>`, link: (words) => `<a href="${words}">${words}</a><a href='${words}'>x</a>`,
        textarea: (words) => `<textarea>${words}</textarea>`, title: (words) => `<title>${words}</title>`, script: (words) => `<script>var told = {"name":"${words}"}</script>`, comment: (words) => `<!-- ${words} -->`,
      };
      const frames = some.map((vector) => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        const inner = frame.contentWindow;
        inner.hit = (n) => window.hit(n);
        inner.addEventListener('click', (event) => { const link = event.target.closest?.('a, area'); if (link && /^https?:/.test(link.protocol)) event.preventDefault(); });
        inner.document.open();
        inner.document.write(`<!doctype html><body>${shapes[vector.at](vector.words)}`);
        inner.document.close();
        return frame;
      });
      const rest = (time) => new Promise((done) => { setTimeout(done, time); });
      await rest(300);
      window.hit = (n) => window.hits.stirred.add(n);
      for (const frame of frames) {
        const document = frame.contentDocument;
        for (const element of document?.querySelectorAll('*') ?? []) {
          for (const name of names) element.dispatchEvent(new (name === 'click' ? MouseEvent : Event)(name, { cancelable: true }));
        }
      }
      await rest(60);
      window.hit = (n) => window.hits.alone.add(n);
      for (const frame of frames) frame.remove();
    }, [all.slice(at, at + 100), events]);
  }
  const hits = await page.evaluate(() => ({ alone: [...window.hits.alone], stirred: [...window.hits.stirred] }));
  const alone = new Set(hits.alone);
  const both = new Set([...hits.alone, ...hits.stirred]);
  const kinds = [...new Set(all.map(({ kind }) => kind))].map((kind) => {
    const own = all.filter((vector) => vector.kind === kind);
    return `${kind} ${own.filter(({ n }) => both.has(n)).length}/${own.length}`;
  });
  console.log(`control: ${all.length} vectors, ${alone.size} run by themselves, ${both.size} with the events: ${kinds.join(', ')}`);
  expect(all.length).toBe(2_000);
  expect(alone.size).toBeGreaterThan(500);
  expect(both.size).toBeGreaterThan(900);
  await context.close();
});

/** Runs in a page: what stands in it that nobody of ours wrote, as sentences; and
 *  the words that were shown and typed. */
function read() {
  const faults = [];
  for (const element of document.querySelectorAll('*')) {
    for (const { name } of element.attributes) if (/^on/i.test(name)) faults.push(`${name} on ${element.outerHTML.slice(0, 120)}`);
  }
  for (const element of document.querySelectorAll('.words *')) {
    if (!['P', 'A', 'WBR', 'BDI'].includes(element.tagName)) faults.push(`in a text: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const link of document.querySelectorAll('.words a')) {
    const names = [...link.attributes].map(({ name }) => name).sort().join(' ');
    if (!/^https?:\/\//i.test(link.getAttribute('href')) || !/^(https?)?:$/.test(link.protocol) || link.rel !== 'ugc nofollow noopener' || names !== 'dir href rel') faults.push(`link: ${link.outerHTML.slice(0, 160)}`);
  }
  const known = /^(article|b|bdi|p|a|div|span|time|wbr|form|section|h2|header|h1|label|input|textarea|button|nav)$/i;
  for (const element of document.querySelectorAll('#comments *, .talk *')) if (!known.test(element.tagName)) faults.push(`in the page: ${element.outerHTML.slice(0, 120)}`);
  // In the newsroom: what a rule met is marked.
  for (const element of document.querySelectorAll('.said *, .what *, .holds q *')) if (!['MARK', 'BDI'].includes(element.tagName)) faults.push(`in the queue: ${element.outerHTML.slice(0, 120)}`);
  const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.value ?? element.textContent);
  return { faults, words: texts('.words'), typed: texts('textarea, input:not([type=hidden]):not([type=checkbox])'), names: texts('.meta bdi:first-child'), queue: texts('#list .said'), queued: texts('#list .what') };
}

test('no vector in any field runs anywhere', async ({ browser }) => {
  test.setTimeout(260_000);
  const ran = [];
  const said = [];
  const visits = new Set();
  const pages = [];
  for (let number = 0; number < 2; number += 1) {
    const context = await browser.newContext({ bypassCSP: true, baseURL: own.url });
    await context.exposeFunction('told', (n) => { ran.push(n); });
    await context.addInitScript(() => {
      window.hit = (n) => window.told(n);
      // What stirs the page follows no link, and sends no form.
      window.addEventListener('click', (event) => {
        const link = event.target.closest?.('a, button, input');
        if (!event.isTrusted && link && !/^(javascript|data|vbscript):/.test(link.protocol ?? '')) event.preventDefault();
      }, true);
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('dialog', (dialog) => { said.push(dialog.message()); dialog.dismiss(); });
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (403|404|409|422) /.test(message.text())) said.push(message.text()); });
    page.on('framenavigated', (frame) => { if (frame.parentFrame()) said.push(`frame ${frame.url()}`); });
    page.on('request', (request) => {
      const url = new URL(request.url());
      const ours = url.origin === own.url && (/^\/(assets|media|live|newsroom\/(script|style|comments\/live))\b/.test(url.pathname) || url.pathname === '/comments/ticket' || visits.has(url.pathname));
      if (!ours && url.protocol !== 'data:') said.push(`${request.resourceType()} ${request.url().slice(0, 120)}`);
    });
    pages.push(page);
  }
  const shown = { words: new Set(), typed: new Set(), names: new Set(), queue: new Set(), queued: new Set() };
  const faults = [];
  let looked = 0;
  const look = async (page, where) => {
    await page.evaluate(stir, ['main, main *', events]);
    const found = await page.evaluate(read);
    faults.push(...found.faults.map((fault) => `${where}: ${fault}`));
    for (const [kind, list] of Object.entries(shown)) for (const words of found[kind]) list.add(bare(words));
    looked += 1;
  };
  /** Two pages at once share the work. */
  const each = (list, work) => {
    const rest = [...list.entries()];
    return Promise.all(pages.map(async (page) => { for (let next = rest.shift(); next; next = rest.shift()) await work(page, next[1], next[0]); }));
  };
  const open = async (page, path, where) => { visits.add(path.split('?')[0]); await page.goto(path); await look(page, where); };
  const began = Date.now();
  const clock = [];
  const lap = (name) => clock.push(`${name} ${Math.round((Date.now() - began) / 1000)} s`);

  // That the policy is off: what is put into a page does run.
  visits.add(own.articles[0]);
  await pages[0].goto(own.articles[0]);
  await pages[0].evaluate(() => {
    document.body.appendChild(document.createElement('script')).textContent = 'hit(-1)';
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="hit(-2)">');
    document.querySelector('#comments').insertAdjacentHTML('beforeend', '<b onanimationstart="hit(-3)">');
  });
  await pages[0].evaluate(stir, ['main, main *', events]);
  await expect.poll(() => [...new Set(ran)].sort()).toEqual([-1, -2, -3]);
  ran.length = 0;

  // Every vector alone as a text, each short one as a name, and all in what is
  // not shown; fifty of a writer.
  const address = own.url + own.articles[0];
  const send = (n, headers = {}, more = {}) => post(address, {
    text: all[n].words, name: short[n % short.length].words, email: `reader-${n}@mail.example`, website: n % 3 ? '' : all[n].words, page: all[n].words, reply_to: all[n].words, ticket: own.ticket, ...more,
  }, headers);
  const writers = [];
  await Promise.all(Array.from({ length: 4 }, async (_, line) => {
    for (let first = line * 50; first < all.length; first += 200) {
      const answer = await send(first);
      expect(answer.status, JSON.stringify(all[first].words)).toBe(303);
      const writer = cookie(answer);
      writers.push(writer);
      await Promise.all(Array.from({ length: 49 }, async (__, at) => {
        expect((await send(first + 1 + at, { Cookie: writer })).status, JSON.stringify(all[first + 1 + at].words)).toBe(303);
      }));
    }
  }));
  lap('sent');
  const mine = async (page, writer, where) => {
    await page.context().addCookies([{ name: 'warraq-commenter', value: writer.split('=')[1], url: own.url }]);
    await open(page, '/comments/mine', where);
  };
  await each(writers, (page, writer) => mine(page, writer, 'own, waiting'));
  lap('own');
  const lacks = (list, kind) => list.filter(({ words }) => !shown[kind].has(bare(words))).map(({ words }) => words);
  expect(lacks(all, 'typed')).toEqual([]);

  // The newsroom's queue, to its end.
  const desk = pages[1];
  const newsroom = async (path) => {
    for (let next = path; next;) {
      await open(desk, next, next);
      const older = desk.locator('#pages a', { hasText: 'أقدم' });
      next = await older.count() ? await older.first().getAttribute('href') : null;
    }
  };
  for (const path of ['/newsroom/sign-in', '/newsroom']) visits.add(path);
  await signIn(desk, own, 'chief-editor');
  await newsroom('/newsroom/comments');
  expect(lacks(all, 'queue')).toEqual([]);
  expect(lacks(short, 'queued')).toEqual([]);
  for (const { words } of all.filter(({ n }) => n % 200 === 0)) await open(desk, `/newsroom/comments?q=${encodeURIComponent(words.slice(0, 90))}`, 'search');
  lap('queue');

  // Shown to everybody, and to their writers once more; and answers, deeper than
  // threads are set, which say by name what they answer.
  const ids = waiting(own.data);
  approve(own.data, ids);
  const body = async (path) => String((await get(path, {}, own.url)).body);
  const first = async () => (await body(own.articles[0])).match(/id="comment-(\d+)"/)?.[1];
  await expect.poll(first).toBeDefined();
  // Reports have every vector as their reason.
  const reasons = [''];
  for (const { words } of all) {
    if ((reasons.at(-1) + words).length > 470) reasons.push('');
    reasons.push(`${reasons.pop()} ${words}`);
  }
  const token = (await body(`/comments/report/${ids[0]}`)).match(/name="page" value="([^"]+)"/)[1];
  for (const [at, reason] of reasons.entries()) expect((await post(`${own.url}/comments/report/${ids[at]}`, { reason, page: token })).status).toBe(200);
  await newsroom('/newsroom/comments?show=reported');
  const told = [...shown.queue].join('\n');
  expect(reasons.filter((reason) => !told.includes(bare(reason)))).toEqual([]);
  // A reason to see an address stands in the trail.
  for (const { words } of short.filter(({ n }) => n % 250 === 0)) {
    await open(desk, `/newsroom/comments/reveal/${ids[0]}`, 'reveal');
    await desk.locator('#typed').fill(words);
    await desk.locator('form.panel').evaluate((form) => form.submit());
    await desk.locator('.address').waitFor();
    await look(desk, 'revealed');
  }
  await open(desk, '/newsroom/trail', 'trail');
  lap('reports in the queue');
  let above = [await first()];
  for (const [round, many] of [1, 1, 30, 30].entries()) {
    for (let n = 0; n < many; n += 1) {
      const taken = await send(n, {}, { text: `ردّ ${round}: ${n} ${all[n * 60].words}`, name: short[n * 50].words, reply_to: above[n % above.length] });
      expect(taken.status).toBe(303);
    }
    above = waiting(own.data);
    approve(own.data, above);
    await expect.poll(async () => (await get(`/comments/at/${above.at(-1)}`, {}, own.url)).status).toBe(302);
  }
  expect(await body(own.articles[0])).toContain('ردًّا على');
  lap('answers');
  await open(pages[0], own.articles[0], 'article');
  for (const kind of Object.values(shown)) kind.clear();
  await each(Array.from({ length: 42 }, (_, at) => `/comments/${article}?page=${at + 1}`), (page, path) => open(page, path, path));
  expect(lacks(all.filter(({ words }) => !isLink(words)), 'words')).toEqual([]);
  expect(lacks(short, 'names')).toEqual([]);
  lap('all comments');
  await each(writers.slice(0, 6), (page, writer) => mine(page, writer, 'own, shown'));
  lap('own, shown');

  // Fields that are refused come back as they were typed: many vectors at once in
  // every field of every form, sent by the browser.
  for (const kind of Object.values(shown)) kind.clear();
  const packs = [''];
  for (const { words } of all) {
    if (encodeURIComponent(packs.at(-1) + words).length > 8_000) packs.push('');
    packs.push(`${packs.pop()}  ${words}`);
  }
  const submit = async (page, path, fields, where) => {
    visits.add(path.split('?')[0]);
    const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(([action, list]) => {
      const form = document.body.appendChild(document.createElement('form'));
      Object.assign(form, { action, method: 'post' });
      for (const [name, value] of Object.entries(list)) Object.assign(form.appendChild(document.createElement('textarea')), { name, value });
      form.submit();
    }, [path, fields])]);
    await look(page, where);
    return answer.status();
  };
  await Promise.all(pages.map((page) => page.goto('/comments/mine')));
  await each(packs, async (page, pack, at) => {
    const status = await submit(page, `/comments/${article}/write?to=${above[0]}`, { name: pack, email: pack, text: at % 4 ? pack : '', website: pack, page: pack, ticket: pack, reply_to: pack, remember: pack }, 'faults');
    expect(status).toBe(422);
  });
  for (const pack of packs) expect(shown.typed.has(bare(pack))).toBe(true);
  lap('faults');
  const unsure = await submit(pages[0], own.articles[0], { name: short[7].words, email: 'layla@mail.example', text: packs[0].slice(0, 4_000), page: packs[1], ticket: packs[2] }, 'looked at again');
  expect(unsure).toBe(200);
  await each(packs.slice(0, 8), async (page, pack, at) => {
    const status = await submit(page, `/comments/report/${above[0]}`, { reason: packs.slice(at * 5, at * 5 + 5).join(' '), page: pack }, 'report');
    expect(status).toBe(403);
  });
  lap('reports');
  for (const { words } of all.filter(({ n }) => n % 160 === 0)) {
    const [path, status] = [`/comments/${article}/write?to=${encodeURIComponent(words)}`, (await get(`/comments/${article}?page=${encodeURIComponent(words)}`, {}, own.url)).status];
    expect([200, 301, 404]).toContain(status);
    await open(pages[0], path, 'an answer to nothing');
  }
  // A change that is refused.
  for (const pack of packs.slice(0, 4)) {
    const text = pack.repeat(2).padEnd(5_100, 'س');
    const taken = await send(0, {}, { text: `نص ${pack.slice(0, 40)}` });
    await mine(pages[0], cookie(taken), 'own, to be changed');
    const fields = await pages[0].locator('form.write').evaluate((form) => Object.fromEntries(new FormData(form)));
    expect(await submit(pages[0], '/comments/mine', { ...fields, text, do: 'edit' }, 'own, refused')).toBe(422);
    expect(shown.typed.has(bare(text))).toBe(true);
    expect(await submit(pages[0], '/comments/mine', { comment: pack, form: pack, text: pack, do: pack }, 'own, forged')).toBe(409);
  }
  lap('changes');
  // Bytes that are no UTF-8: letters too long, and half of one.
  for (const bytes of ['%C0%BCscript%C0%BEhit(1)%C0%BC/script%C0%BE', '%E0%80%BCimg src=x: onerror=hit(1)%E0%80%BE', '%FF%FE%3C%00s%00v%00g%00', '%C2%22onmouseover=hit(1) x=%22', '%E2%80"><svg onload=hit(1)>']) {
    const raw = bytes.replaceAll(' ', '+');
    const answer = await post(address, Buffer.from(`name=${raw}&email=${raw}&text=${raw}`), {});
    expect(answer.status).toBe(422);
    const main = answer.body.match(/<main[\s\S]*<\/main>/)[0];
    expect(main).not.toMatch(/<(script|img|svg)|"\s*onmouse/);
    expect(main).toContain('hit(1)'.slice(0, bytes.includes('hit') ? 6 : 0));
  }
  console.log(`${looked} pages looked at; ${clock.join(', ')}`);
  expect(faults).toEqual([]);
  expect(said).toEqual([]);
  expect(ran).toEqual([]);
});
