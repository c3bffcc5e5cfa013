// The paper under test: its addresses, and the program's commands on it.
const { execFileSync, spawn } = require('node:child_process');
const http = require('node:http');

const base = process.env.WARRAQ_URL;

/** One plain request; the body stays as it was sent. */
function get(path, headers = {}, origin = base) {
  return new Promise((resolve, reject) => {
    const request = http.get(origin + path, { headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({
        status: response.statusCode, headers: response.headers, body: Buffer.concat(parts),
      }));
    });
    request.on('error', reject);
  });
}

async function text(path) {
  return (await get(path)).body.toString('utf8');
}

/** The path of every published article, from the sitemap. */
async function articles() {
  const xml = await text('/sitemap/1.xml');
  return [...xml.matchAll(/<loc>[^<]*?(\/a\/[^<]+)<\/loc>/g)].map((found) => found[1]);
}

/** The article of 2017 about the sixth round in Astana. */
async function astana() {
  for (const path of await articles()) {
    if (decodeURIComponent(path).includes('جولة-أستانا-السادسة')) return path;
  }
  throw new Error('the article of 2017 is not in the sitemap');
}

/** One address of every type of page. */
async function kinds() {
  const article = await astana();
  const html = await text(article);
  const tag = html.match(/href="(\/tag\/[^"]+)"/)[1];
  const author = html.match(/href="(\/author\/[^"]+)"/)[1];
  const second = (await text('/archive')).match(/<a rel="next" href="([^"]+)">/)[1];
  return {
    second, home: '/', article, section: '/section/syria', tag, author,
    archive: '/archive', day: '/archive/2017/09/15', page: '/page/about', missing: '/nothing-here',
    results: `/search?q=${encodeURIComponent('سورية')}&from=2017-01-01`, unfound: `/search?q=${encodeURIComponent('زقزقة')}`,
  };
}

/** Runs `warraq` on the paper's data folder. */
function warraq(...words) {
  return execFileSync(process.env.WARRAQ_PROGRAM, [...words, '--data', process.env.WARRAQ_DATA], { encoding: 'utf8' }).trim();
}

/** Runs `warraq` on another data folder; what it prints, as JSON. */
function run(data, ...words) {
  return JSON.parse(execFileSync(process.env.WARRAQ_PROGRAM, [...words, '--json', '--data', data], { encoding: 'utf8' }));
}

/** Serves another data folder: its address, what it said, and how to end it, well or at once. */
function serve(data, env = {}, listen = '127.0.0.1:0') {
  const child = spawn(process.env.WARRAQ_PROGRAM, ['serve', '--listen', listen, '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve) => { child.on('exit', resolve); });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    let told = '';
    child.stdout.on('data', (part) => {
      told += part;
      const url = told.match(/http:\/\/\S+(?=\n)/)?.[0];
      if (url) resolve({ url, said: () => told, end: (signal) => { child.kill(signal); return ended; } });
    });
  });
}

module.exports = { base, get, text, articles, astana, kinds, warraq, run, serve };
