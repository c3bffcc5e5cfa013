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

/** The numbers of comments that wait, the oldest first. */
function waiting(data) {
  const ids = [];
  for (let before = []; before;) {
    const listed = run(data, 'comments', 'list', '--state', 'waiting', '--limit', '1000', ...before);
    ids.unshift(...listed.comments.map((comment) => comment.id).reverse());
    before = listed.next ? ['--before', String(listed.next)] : null;
  }
  return ids;
}

/** Approves comments. */
function approve(data, ids) {
  run(data, 'comments', 'approve', ...ids.map(String));
}

/** Makes somebody who has a role, and signs him in. */
async function signIn(page, own, role = 'moderator', address = 'layla@paper.example', name = 'ليلى حداد') {
  const password = 'قطار أزرق في محطة القمح';
  const add = ['user', 'add', address, '--name', name, '--role', role, '--data', own.data];
  execFileSync(process.env.WARRAQ_PROGRAM, add, { input: `${password}\n` });
  await page.goto(`${own.url}/newsroom/sign-in`);
  await page.getByLabel('البريد الإلكتروني').fill(address);
  await page.getByLabel('كلمة المرور').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

module.exports = { approve, cookie, post, signIn, talk, waiting };
