// Papers of our own stories, imported from an export: among them five that are
// hard to set, with headlines of 20 to 120 letters, one of a word, one of four
// lines, words that no line holds, sections of one story, and pictures missing.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { get, run, serve, text } = require('./paper');

const sections = ['سياسة', 'اقتصاد ومال وأعمال', 'ثقافة', 'رياضة', 'علوم'];
const words = ('المحادثات الحكومة الاستراتيجية بين الوزارات والمستشفيات تبدأ في مدينة دمشق القديمة بعد مشاورات طويلة '
  + 'حول الاستثمارات المشتركة ومستقبل التعليم والمواصلات العامة وإعادة الإعمار').split(' ');

/** Words of about so many letters, none cut. */
function line(letters, at) {
  let out = words[at % words.length];
  for (let next = at + 1; out.length + 1 + words[next % words.length].length <= letters; next += 1) out += ` ${words[next % words.length]}`;
  return out;
}

/** Each kind of paper: its stories, newest first. */
const papers = {
  // Every length, a picture now and then missing.
  mixed: (at) => ({
    headline: at === 0 ? 'زيتون' : line([118, 20, 45, 74, 100, 33, 60][at % 7], at * 3),
    standfirst: at % 4 === 3 ? '' : line(90 + 20 * (at % 4), at),
    picture: at % 3 !== 1,
  }),
  // A headline of four lines above stories of a word each.
  steep: (at) => ({
    headline: at === 0 ? line(120, 2) : words[at % words.length],
    standfirst: at % 5 === 0 ? line(120, at) : '',
    picture: at % 2 === 0,
  }),
  // Sections with one to six stories below the top, and no standfirst anywhere.
  uneven: (at) => ({
    headline: line([50, 24, 76, 100, 34][at % 5], at * 3),
    standfirst: '',
    body: line([600, 90, 30][at % 3], at),
    picture: at % 4 !== 2,
    section: at < 16 ? at % 5 : [0, 4, 0, 4, 1, 0, 4, 2, 3, 0, 4, 2, 0, 4, 0, 4][at - 16],
  }),
  // Headlines, standfirsts and texts of one word that no line holds.
  unbroken: (at) => ({
    headline: ['https://www.example.org/very/long/path/that/never/ends/and/has/no/spaces/at/all/index.html',
      `${words.slice(0, 9).join('-')}`, line(40, at), 'A'.repeat(90)][at % 4],
    standfirst: at % 3 === 1 ? `info@${'example'.repeat(12)}.org` : '',
    body: `<p>${'A'.repeat(120)}</p><table><tr>${words.map((word) => `<td>${word}</td>`).join('')}</tr></table><p>${line(600, at)}</p><ul><li>${'x_'.repeat(60)}</li></ul>`,
    picture: at % 2 === 0,
  }),
  // No picture at all, long words everywhere.
  bare: (at) => ({ headline: line(at % 2 ? 120 : 20, at), standfirst: line(150, at), picture: false }),
};

/** Imports stories ({ headline, standfirst, picture, body, section, tag, apart, age }), newest
 *  first, two hours or `apart` milliseconds between them or `age` milliseconds before `newest`, puts
 *  lines into the ticker, and serves the paper with `env`. */
async function paper(stories, lines, { newest = Date.UTC(2026, 10, 24, 12), env = {} } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'warraq-paper-'));
  const picture = (await text('/')).match(/src="(\/media\/[^"]+)"/)[1];
  fs.mkdirSync(path.join(folder, 'uploads/2026/11'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'uploads/2026/11/p.jpg'), (await get(picture)).body);
  const time = (at, apart = 7_200_000, age = at * apart) => new Date(newest - age).toISOString().slice(0, 19).replace('T', ' ');
  const items = ['<item><title>p</title><wp:post_id>9000</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>'
    + '<wp:attachment_url>https://harsh.example/wp-content/uploads/2026/11/p.jpg</wp:attachment_url></item>'];
  stories.forEach((story, at) => {
    items.push(`<item><title>${story.headline}</title><link>https://harsh.example/${at}/</link><excerpt:encoded>${story.standfirst}</excerpt:encoded>`
      + `<content:encoded><![CDATA[${story.body}]]></content:encoded><wp:post_id>${at + 1}</wp:post_id><wp:post_date_gmt>${time(at, story.apart, story.age)}</wp:post_date_gmt>`
      + '<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>'
      + `<category domain="category" nicename="s${story.section}">${sections[story.section]}</category>`
      + `${story.tag ? `<category domain="post_tag" nicename="t">${story.tag}</category>` : ''}`
      + `${story.picture ? '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9000</wp:meta_value></wp:postmeta>' : ''}</item>`);
  });
  const terms = sections.map((name, at) => `<wp:category><wp:term_id>${at + 1}</wp:term_id><wp:category_nicename>s${at}</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name>${name}</wp:cat_name></wp:category>`);
  const file = path.join(folder, 'export.xml');
  fs.writeFileSync(file, `<rss><channel><title>صحيفة المدينة</title><description>يومية</description><link>https://harsh.example</link>${terms.join('')}<wp:tag><wp:term_id>90</wp:term_id><wp:tag_slug>t</wp:tag_slug><wp:tag_name>وسم</wp:tag_name></wp:tag>${items.join('\n')}</channel></rss>`);
  const data = path.join(folder, 'paper');
  run(data, 'import', 'wxr', file, '--media', path.join(folder, 'uploads'));
  const { articles } = run(data, 'article', 'list', '--state', 'published');
  lines.forEach((words, at) => run(data, 'ticker', 'push', words, '--url', `/a/${articles[at % articles.length].id}`, ...(at % 4 ? [] : ['--urgent'])));
  let server = await serve(data, env);
  const { url } = server;
  // Killed, so that nothing is put in order, and served again at its address.
  const kill = () => server.end('SIGKILL');
  const serveAgain = async () => { server = await serve(data, env, new URL(url).host); };
  return { url, said: () => server.said(), data, kill, serveAgain, end: async () => { await server.end(); fs.rmSync(folder, { recursive: true }); } };
}

/** A paper of one kind, with fifteen lines in its ticker. */
function harsh(kind) {
  const stories = Array.from({ length: 32 }, (_, at) => ({ body: line(600, at), section: at % 5, ...papers[kind](at) }));
  return paper(stories, Array.from({ length: 15 }, (_, at) => line(20 + 7 * at, at)));
}

module.exports = { harsh, paper, papers };
