// The paper for machines: feeds in a feed reader, JSON-LD, sitemaps, and the
// cache policy of every type of answer.
const { test, expect } = require('@playwright/test');
const { parseAtomFeed, parseFeed, parseJsonFeed, parseRssFeed } = require('feedsmith');
const { articles, astana, get, kinds, text } = require('../paper');
const { paper } = require('../papers');

/** Letters, a tatweel, letters: what no title of a feed may hold. */
const stretched = /[\u0621-\u064A]\u0640+[\u0621-\u064A]/;

test('a feed reader reads RSS, Atom and JSON Feed of the site, a section, a tag and an author', async () => {
  const { section, tag, author } = await kinds();
  for (const of of ['', section, tag, author]) {
    const [rss, atom, json] = await Promise.all(['feed.xml', 'atom.xml', 'feed.json'].map((name) => text(`${of}/${name}`)));
    expect(parseFeed(rss).format).toBe('rss');
    expect(parseFeed(atom).format).toBe('atom');
    expect(parseFeed(json).format).toBe('json');
    const [inRss, inAtom, inJson] = [parseRssFeed(rss), parseAtomFeed(atom), parseJsonFeed(json)];
    for (const feed of [inRss, inAtom, inJson]) expect(feed.title, of).toBeTruthy();
    expect(inRss.language).toBe('ar');
    const items = inRss.items;
    expect(items.length, of).toBeGreaterThan(0);
    expect(inAtom.entries.length).toBe(items.length);
    expect(inJson.items.length).toBe(items.length);
    items.forEach((item, at) => {
      const [entry, story] = [inAtom.entries[at], inJson.items[at]];
      expect(item.title).toBe(story.title);
      expect(entry.title.value ?? entry.title).toBe(story.title);
      expect(item.title).not.toMatch(stretched);
      expect(item.guid.value).toBe(story.id);
      expect(entry.id).toBe(story.id);
      expect(story.id).toMatch(/\/a\/\d+$/);
      expect(new URL(item.link).pathname).toMatch(/^\/a\/\d+\//);
      expect(story.url).toBe(item.link);
      expect(new Date(item.pubDate).toISOString()).toBe(new Date(story.date_published).toISOString());
      expect(new Date(entry.published).toISOString()).toBe(new Date(story.date_published).toISOString());
      expect(item.content.encoded).toBe(story.content_html);
      expect(entry.content.value ?? entry.content).toBe(story.content_html);
      expect(story.content_html).toContain('<p>');
      expect(story.content_html).not.toContain('آخر الأخبار');
      // Read away from the site: whole addresses, no style of ours.
      expect(story.content_html).not.toMatch(/ (class|role|tabindex)=|(src|href)="(?!https?:|mailto:|tel:)/);
      expect(item.media?.contents?.[0]?.url, story.url).toBe(story.image);
      expect(entry.links.find((link) => link.rel === 'enclosure')?.href, story.url).toBe(story.image);
      expect(item.description, story.url).toBeTruthy();
      expect(item.description).toBe(story.summary);
      expect(story.authors.length + Number(of !== ''), of).toBeGreaterThan(0);
    });
  }
});

test('pages name their feeds in all three forms, each with a title', async () => {
  const addresses = await kinds();
  for (const kind of ['home', 'article', 'section', 'tag', 'author', 'archive']) {
    const html = await text(addresses[kind]);
    const named = [...html.matchAll(/<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">/g)];
    expect(named.map((link) => link[1]), kind).toEqual(['application/rss+xml', 'application/atom+xml', 'application/feed+json']);
    for (const [, type, , href] of named) expect((await get(href)).headers['content-type'], href).toContain(type);
  }
});

test('a stretched headline stays as it was set on the page, and plain where there is no typesetting', async () => {
  const story = { headline: 'سوريــة: عام 1439 هـ وبـ200 دولار', standfirst: 'مقدمــة', body: 'نص', section: 0 };
  const own = await paper([story], []);
  try {
    const read = async (path) => String((await get(path, {}, own.url)).body);
    const home = await read('/');
    const [, path] = home.match(/<h2><a href="([^"]+)">سوريــة: /);
    const html = await read(path);
    const plain = 'سورية: عام 1439 هـ وبـ200 دولار';
    expect(html).toContain(`<h1>${story.headline}</h1>`);
    expect(html.match(/<title>(.*)<\/title>/)[1]).toContain(plain);
    expect(html).toContain(`<meta property="og:title" content="${plain}">`);
    for (const name of ['feed.xml', 'atom.xml', 'feed.json']) expect(await read(`/${name}`), name).toContain(plain);
    expect(parseRssFeed(await read('/feed.xml')).items[0].description).toBe('مقدمة');
    expect(html).toContain(`"headline":"${plain}"`);
  } finally {
    await own.end();
  }
});

test('every article carries JSON-LD with what search engines ask for', async () => {
  for (const path of await articles()) {
    const html = await text(path);
    const found = [...html.matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)];
    expect(found.length, path).toBe(1);
    const data = JSON.parse(found[0][1]);
    expect(data['@context']).toBe('https://schema.org');
    const news = data['@graph'].find((part) => part['@type'] === 'NewsArticle');
    const crumbs = data['@graph'].find((part) => part['@type'] === 'BreadcrumbList');
    const headline = html.match(/<h1>([^<]*)<\/h1>/)[1];
    expect(news.headline.length).toBeGreaterThan(0);
    expect(news.headline).not.toMatch(stretched);
    expect(headline.replace(/\u0640/g, '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')).toBe(news.headline.replace(/\u0640/g, ''));
    expect(news.inLanguage).toMatch(/^[a-z]{2,3}/);
    for (const time of [news.datePublished, news.dateModified]) expect(Number.isNaN(Date.parse(time)), path).toBe(false);
    expect(Date.parse(news.dateModified)).toBeGreaterThanOrEqual(Date.parse(news.datePublished));
    expect(news.mainEntityOfPage).toBe(html.match(/<link rel="canonical" href="([^"]+)"/)[1]);
    expect(news.author.length).toBeGreaterThan(0);
    for (const author of news.author) {
      expect(['Person', 'Organization']).toContain(author['@type']);
      expect(author.name).toBeTruthy();
    }
    expect(news.publisher.name).toBeTruthy();
    for (const image of news.image ?? []) expect((await get(new URL(image).pathname)).headers['content-type'], image).toMatch(/^image\//);
    expect(crumbs.itemListElement.map((step) => step.position)).toEqual([1, 2, 3].slice(0, crumbs.itemListElement.length));
    for (const step of crumbs.itemListElement) {
      expect(step.name).toBeTruthy();
      expect((await get(new URL(step.item).pathname)).status, step.item).toBe(200);
    }
  }
});

test('the sharing card of an article is whole', async () => {
  const html = await text(await astana());
  const meta = (name) => html.match(new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`))?.[1];
  for (const name of ['og:title', 'og:type', 'og:url', 'og:image', 'og:description', 'og:site_name', 'description', 'article:published_time']) expect(meta(name), name).toBeTruthy();
  expect(meta('og:type')).toBe('article');
  expect(meta('og:title')).not.toMatch(stretched);
  const image = await get(new URL(meta('og:image')).pathname);
  expect(image.headers['content-type']).toMatch(/^image\/(jpeg|png)$/);
  expect(image.body.length).toBeLessThanOrEqual(300 * 1024);
});

test('the sitemaps name every article and list, and a sample asks not to be indexed', async () => {
  expect(await text('/sitemap.xml')).toContain('/sitemap/1.xml</loc>');
  const every = await articles();
  expect(every.length).toBeGreaterThanOrEqual(40);
  for (const path of every) expect((await get(path)).status, path).toBe(200);
  const news = await text('/news-sitemap.xml');
  expect(news.match(/<url>/g)?.length ?? 0).toBeLessThanOrEqual(1000);
  const places = [...(await text('/sitemap/0.xml')).matchAll(/<loc>https?:\/\/[^/]+(\/[^<]*)<\/loc>/g)].map((found) => found[1]);
  const { home, section, tag, archive, page: standing } = await kinds();
  for (const path of [home, section, tag, archive, standing]) expect(places).toContain(path);
  for (const path of places) expect((await get(path)).status, path).toBe(200);
  // Who may not read a page does not see that it asks not to be indexed.
  expect(await text('/robots.txt')).not.toMatch(/^Disallow: \/$/m);
  for (const path of [home, section, every[0]]) expect(await text(path)).toContain('<meta name="robots" content="noindex">');
});

const page = 'public, no-cache';
const document = 'public, max-age=60';

test('each type of answer has its cache policy', async () => {
  const addresses = await kinds();
  const html = await text(addresses.article);
  const policies = {
    home: page, article: page, section: page, tag: page, author: page, archive: page, day: page, page, missing: 'no-store',
  };
  for (const [kind, policy] of Object.entries(policies)) {
    const { headers, status } = await get(addresses[kind], { 'accept-encoding': 'gzip' });
    expect(headers['cache-control'], kind).toBe(policy);
    expect(headers.etag, kind).toBeTruthy();
    expect(status === 404 || Boolean(headers.etag)).toBe(true);
    expect(headers['set-cookie'], kind).toBeUndefined();
  }
  const others = {
    '/feed.xml': document, '/atom.xml': document, '/feed.json': document, '/sitemap.xml': document, '/news-sitemap.xml': document, '/robots.txt': document,
    [html.match(/<script src="([^"]+)"/)[1]]: 'public, max-age=31536000, immutable',
    [html.match(/src="(\/media\/[^"]+)"/)[1]]: 'public, max-age=86400',
    '/live/ticker.json': page, '/healthz': 'no-store', '/readyz': 'no-store',
  };
  for (const [address, policy] of Object.entries(others)) {
    const { headers, status } = await get(address);
    expect(status, address).toBe(200);
    expect(headers['cache-control'], address).toBe(policy);
  }
});
