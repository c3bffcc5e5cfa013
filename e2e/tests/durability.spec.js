// Killed processes: nothing acknowledged is lost, and an import goes on.
const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test, expect } = require('@playwright/test');

const program = process.env.WARRAQ_PROGRAM;

function folder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'warraq-killed-'));
}

function run(data, ...words) {
  return JSON.parse(execFileSync(program, [...words, '--json', '--data', data], { encoding: 'utf8' }));
}

/** An export of so many plain articles. */
function writeExport(file, count) {
  const items = [];
  for (let id = 1; id <= count; id += 1) {
    items.push(`<item><title>خبر رقم ${id}</title><link>https://old.example/s${id}/</link><content:encoded><![CDATA[${'فقرة قصيرة من النص. '.repeat(30)}]]></content:encoded>`
      + `<wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2019-05-06 07:08:09</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`);
  }
  fs.writeFileSync(file, `<rss><channel><title>اختبار</title><link>https://old.example</link>${items.join('\n')}</channel></rss>`);
}

test('an import that is killed again and again goes on where it was', async () => {
  test.setTimeout(120_000);
  const data = folder();
  const file = path.join(data, 'export.xml');
  const count = 3000;
  writeExport(file, count);
  const paper = path.join(data, 'paper');
  let killed = 0;
  for (let round = 0; round < 4; round += 1) {
    const child = spawn(program, ['import', 'wxr', file, '--json', '--data', paper], { stdio: 'ignore' });
    const ended = new Promise((resolve) => { child.on('exit', (code, signal) => resolve(signal)); });
    setTimeout(() => child.kill('SIGKILL'), 250 + 150 * round);
    if (await ended === 'SIGKILL') killed += 1;
  }
  expect(killed, 'no run was killed at work').toBeGreaterThan(0);
  run(paper, 'import', 'wxr', file);
  const { counts } = run(paper, 'import', 'wxr', file);
  expect(counts.articles_unchanged).toBe(count);
  expect(counts.articles_new).toBeUndefined();
  fs.writeFileSync(path.join(data, 'urls.txt'), Array.from({ length: count }, (_, at) => `https://old.example/s${at + 1}/`).join('\n'));
  expect(run(paper, 'import', 'check', path.join(data, 'urls.txt')).answered).toBe(count);
  fs.rmSync(data, { recursive: true });
});

test('a headline that was acknowledged outlives killed commands and a killed server', async () => {
  test.setTimeout(120_000);
  const data = folder();
  const paper = path.join(data, 'paper');
  run(paper, 'ticker', 'list');
  const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data', paper], { stdio: 'ignore' });
  const acknowledged = [];
  let killed = 0;
  for (let at = 0; at < 40; at += 1) {
    const words = `خبر ${at}`;
    const child = spawn(program, ['ticker', 'push', words, '--data', paper], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (part) => { said += part; });
    const ended = new Promise((resolve) => { child.on('close', (code, signal) => resolve(signal)); });
    if (at % 2) setTimeout(() => child.kill('SIGKILL'), at);
    if (await ended === 'SIGKILL') killed += 1;
    if (/^\d+\n/.test(said)) acknowledged.push(words);
    if (at === 20) server.kill('SIGKILL');
  }
  expect(killed).toBeGreaterThan(0);
  expect(acknowledged.length).toBeGreaterThan(15);
  const kept = run(paper, 'ticker', 'list').items.map((item) => item.text);
  for (const words of acknowledged) expect(kept).toContain(words);
  fs.rmSync(data, { recursive: true });
});
