// Chromium and Node's zlib as judges of joined segments: what they inflate is
// what was joined.
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const http = require('node:http');
const zlib = require('node:zlib');
const { test, expect } = require('@playwright/test');
const { get } = require('../paper');

const seeds = Array.from({ length: 40 }, (_, at) => 20_170_915 + at);

test('Chromium and zlib inflate random joins to the same bytes', async ({ page }) => {
  const server = spawn(process.env.WARRAQ_JOINS, { stdio: ['pipe', 'pipe', 'inherit'] });
  const origin = await new Promise((resolve, reject) => { server.on('error', reject); server.stdout.once('data', (line) => resolve(String(line).trim())); });
  try {
    const plain = new Map();
    for (const seed of seeds) {
      const bytes = (await get(`/${seed}/plain`, {}, origin)).body;
      plain.set(seed, createHash('sha256').update(bytes).digest('hex'));
      expect(zlib.gunzipSync((await get(`/${seed}/gzip`, {}, origin)).body).equals(bytes), `gzip ${seed}`).toBe(true);
      expect(zlib.brotliDecompressSync((await get(`/${seed}/br`, {}, origin)).body).equals(bytes), `br ${seed}`).toBe(true);
    }
    expect(new Set(plain.values()).size, 'the pages differ').toBeGreaterThan(30);
    await page.goto(`${origin}/`);
    for (const encoding of ['gzip', 'br']) {
      const found = await page.evaluate(async ([numbers, name]) => {
        const hashes = [];
        for (const seed of numbers) {
          const bytes = await (await fetch(`/${seed}/${name}`)).arrayBuffer();
          const hash = await crypto.subtle.digest('SHA-256', bytes);
          hashes.push([seed, [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')]);
        }
        return hashes;
      }, [seeds, encoding]);
      for (const [seed, hash] of found) expect(hash, `${encoding} ${seed} in Chromium`).toBe(plain.get(seed));
    }
  } finally {
    server.stdin.end();
  }
});

test('a stream that was damaged is refused or read as another text', async ({ page }) => {
  // A control: the judges can say no. Chromium looks at the blocks and not at
  // the sum behind them; zlib looks at both.
  const damaged = (at) => {
    const bytes = zlib.gzipSync('<p>خبر</p>'.repeat(200));
    bytes[at < 0 ? bytes.length + at : at] ^= 255;
    return bytes;
  };
  expect(() => zlib.gunzipSync(damaged(-6))).toThrow(/incorrect data check/);
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/html' });
    response.end(request.url === '/bad' ? damaged(12) : zlib.gzipSync('<p>خبر</p>'.repeat(200)));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const read = (path) => page.evaluate((address) => fetch(address).then((answer) => answer.text()).catch(() => 'refused'), path);
  expect(await read('/good')).toBe('<p>خبر</p>'.repeat(200));
  expect(await read('/bad')).not.toBe('<p>خبر</p>'.repeat(200));
  server.closeAllConnections();
  server.close();
});
