// The change of day, by a clock that is set to shortly before it: no commit
// happens, and still the HTML, the JSON and the open streams follow.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { test, expect } = require('@playwright/test');
const { get, serve } = require('../paper');

/** The environment of a program whose clock goes on from a moment in UTC. */
function clock(moment) {
  const library = fs.readdirSync('/usr/lib').map((folder) => path.join('/usr/lib', folder, 'faketime/libfaketimeMT.so.1')).find((file) => fs.existsSync(file));
  expect(library, 'install faketime').toBeTruthy();
  return { LD_PRELOAD: library, FAKETIME: `@${moment}`, FAKETIME_DONT_FAKE_MONOTONIC: '1', TZ: 'UTC' };
}

test('at midnight of the site open readers learn that a line is of yesterday', async () => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'warraq-midnight-'));
  // A paper is made by serving it.
  await (await serve(data, clock('2026-11-25 19:00:00'))).end();
  execFileSync(process.env.WARRAQ_PROGRAM, ['ticker', 'push', 'خبر المساء', '--data', data], { env: { ...process.env, ...clock('2026-11-25 20:00:00') } });
  // Midnight in Damascus is 21:00 in UTC.
  const server = await serve(data, clock('2026-11-25 20:59:55'));
  const read = async (address) => (await get(address, {}, server.url));
  let said = '';
  const request = http.get(`${server.url}/live/ticker`, (response) => response.on('data', (part) => { said += part; }));
  request.on('error', () => {});
  const events = () => [...said.matchAll(/^id: (\d+)-(\S+)\nevent: ticker\ndata: (.*)$/gm)];
  try {
    await expect.poll(() => events().length).toBe(1);
    const before = await read('/live/ticker.json');
    expect(JSON.parse(events()[0][3]).items[0].when).toBe('23:00');
    expect(String((await read('/')).body)).toContain('الأربعاء 25 نوفمبر/تشرين الثاني 2026');
    await expect.poll(() => events().length, { timeout: 9000 }).toBe(2);
    const [first, second] = events();
    expect(second[1], 'nothing was committed').toBe(first[1]);
    expect(second[2]).not.toBe(first[2]);
    expect(JSON.parse(second[3]).items[0].when).toBe('25 نوفمبر/تشرين الثاني 2026');
    expect((await read('/live/ticker.json')).headers.etag).not.toBe(before.headers.etag);
    expect(String((await read('/')).body)).toContain('الخميس 26 نوفمبر/تشرين الثاني 2026');
  } finally {
    request.destroy();
    await server.end();
    fs.rmSync(data, { recursive: true });
  }
});
