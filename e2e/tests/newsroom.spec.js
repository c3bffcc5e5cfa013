// The newsroom in a browser: from the first link to the last screen, by
// keyboard, in both languages, at a phone's width and a desk's.
const { createHmac } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test, expect } = require('@playwright/test');
const { serve } = require('../paper');
const { look, shots } = require('../look');

const password = 'قطار أزرق في محطة القمح';

let folder;
let served;
test.beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'newsroom-'));
  served = await serve(path.join(folder, 'paper'));
  fs.mkdirSync(shots, { recursive: true });
});
test.afterAll(async () => {
  await served.end();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The number that a telephone shows for a secret in base32 (RFC 6238). */
function number(secret, steps = 0) {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => digits.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('from the first link to the last screen, by keyboard', async ({ page }) => {
  test.setTimeout(120_000);
  const faults = [];
  page.on('console', (message) => { if (message.type() === 'error' && !/ (403|404|422|429) /.test(message.text())) faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith(served.url)) faults.push(request.url()); });

  const link = () => served.said().match(/http:\S+\/newsroom\/link\/\S+(?=\n)/)?.[0];
  await expect.poll(link).toBeDefined();
  await page.goto(link());
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await look(page, 'new-account');
  await page.getByLabel('الاسم').focus();
  await page.keyboard.type('ليلى حداد');
  await page.keyboard.press('Tab');
  await page.keyboard.type('layla@paper.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('صُنع حسابك');
  await look(page, 'sign-in');

  await expect(page.getByLabel('البريد الإلكتروني')).toBeFocused();
  await page.keyboard.type('layla@paper.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ليست هي كلمة المرور');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('غير صحيح');
  // What was typed stands there, and the password is asked for.
  await expect(page.getByLabel('كلمة المرور')).toBeFocused();
  await expect(page.getByLabel('البريد الإلكتروني')).toHaveValue('layla@paper.example');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('ليلى حداد');
  await look(page, 'home');

  await page.getByRole('link', { name: 'حسابك' }).click();
  await look(page, 'account');
  await page.getByRole('link', { name: 'أضف هاتفك' }).click();
  await look(page, 'second-factor');
  const secret = await page.locator('.secret code').innerText();
  await page.getByRole('textbox').fill(number(secret));
  await page.keyboard.press('Enter');
  await expect(page.locator('.codes li')).toHaveCount(10);
  await look(page, 'codes');
  const code = await page.locator('.codes li').first().innerText();

  await page.getByRole('link', { name: 'الحسابات' }).click();
  await look(page, 'users');
  const invite = page.getByRole('region', { name: 'ادعُ زميلًا' });
  await invite.getByLabel('محرر', { exact: true }).check();
  await invite.getByRole('button').click();
  await expect(page.locator('.secret code')).toContainText('/newsroom/link/');
  await look(page, 'link');
  await page.getByRole('link', { name: 'سجل الأعمال' }).click();
  await expect(page.getByRole('table')).toContainText('صنع رابطًا');
  await look(page, 'trail');

  await page.getByRole('button', { name: 'الخروج' }).click();
  await expect(page.getByLabel('البريد الإلكتروني')).toBeFocused();
  await page.keyboard.type('layla@paper.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('هاتفك');
  await page.getByLabel('كلمة المرور').fill(password);
  await page.getByLabel('رقم الهاتف المؤقت').fill(code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('ليلى حداد');

  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'home-english-dark');
  await page.goto(`${served.url}/newsroom/nothing`);
  await look(page, 'problem-english-dark');
  expect(faults).toEqual([]);
});
