// A paper that takes readers' comments without their limits, and what is sent to it.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { get, run } = require('./paper');
const { paper } = require('./papers');

/** One agent for all that is sent: connections are kept. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/** Sends a form as a page of this site does, or as `headers` say. */
function post(url, fields, headers = {}) {
  const { origin } = new URL(url);
  const body = fields instanceof Buffer ? fields : new URLSearchParams(fields).toString();
  const type = 'application/x-www-form-urlencoded';
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      method: 'POST', agent, headers: { Origin: origin, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers },
    }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString('utf8') }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The cookie of whoever sent something, as he sends it back. */
const cookie = (answer) => answer.headers['set-cookie'].find((line) => line.startsWith('warraq-commenter=')).split(';')[0];

/** Imports `stories`, the first of now, and serves them; `limits` is the section
 *  `[comments]` of the configuration. `articles` are the addresses, in their order. */
async function talk(stories, limits = 'from_range = 100000\non_article = 100000\nin_all = 100000') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comments-'));
  const config = path.join(folder, 'warraq.toml');
  fs.writeFileSync(config, `[comments]\n${limits}\n`);
  const own = await paper(stories, [], { newest: Date.now() - 60_000, env: { WARRAQ_CONFIG: config } });
  const listed = run(own.data, 'article', 'list', '--state', 'published').articles;
  const articles = stories.map((story) => listed.find((article) => article.headline === story.headline).address);
  const { ticket } = JSON.parse((await get('/comments/ticket', {}, own.url)).body);
  // Nobody writes faster.
  await new Promise((done) => { setTimeout(done, 3_200); });
  const end = async () => { await own.end(); fs.rmSync(folder, { recursive: true }); };
  return { ...own, articles, ticket, end };
}

const sql = (data, text) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', path.join(data, 'warraq.db'), text], { encoding: 'utf8' });
/** The numbers of comments that wait, the oldest first. */
function waiting(data) {
  return sql(data, 'select id from comment where state = 0 order by id').trim().split('\n').filter(Boolean).map(Number);
}

/** Approves comments. */
function approve(data, ids) {
  sql(data, `update comment set state=1 where id in (${ids}); insert into change_log select position+1, 1<<56 from log_head; update log_head set position=position+1`);
}

module.exports = { approve, cookie, post, talk, waiting };
