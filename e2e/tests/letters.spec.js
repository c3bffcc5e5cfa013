// Links by mail in a browser: an invitation, a password that was forgotten, and
// a mail server that takes nothing. By keyboard, in both languages.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test, expect } = require('@playwright/test');
const { serve } = require('../paper');
const { look, shots } = require('../look');
const { sink, words } = require('../sink');

const password = 'قطار أزرق في محطة القمح';
const another = 'باب خشبي في حارة ضيقة';

let folder;
let mail;
let served;
test.beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'letters-'));
  fs.mkdirSync(shots, { recursive: true });
  mail = await sink();
  const config = path.join(folder, 'warraq.toml');
  fs.writeFileSync(config, `[mail]\nserver = "127.0.0.1"\nport = ${mail.port}\nsecurity = "none"\nfrom = "newsroom@paper.example"\n`);
  served = await serve(path.join(folder, 'paper'), { WARRAQ_CONFIG: config });
  const add = ['user', 'add', 'layla@paper.example', '--name', 'ليلى حداد', '--role', 'administrator'];
  execFileSync(process.env.WARRAQ_PROGRAM, [...add, '--data', path.join(folder, 'paper')], { input: `${password}\n` });
});
test.afterAll(async () => {
  await served.end();
  mail.end();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The path of the link in the letter number `number`, once it is there. */
async function link(number) {
  await expect.poll(() => mail.letters.length).toBeGreaterThan(number);
  return words(mail.letters[number]).match(/\/newsroom\/link\/\S+/)[0];
}

test('links by mail, by keyboard', async ({ page }) => {
  test.setTimeout(120_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith(served.url)) faults.push(request.url()); });

  await page.goto(`${served.url}/newsroom/sign-in`);
  await look(page, 'sign-in-with-mail');
  await page.getByRole('link', { name: 'نسيت كلمة المرور؟' }).press('Enter');
  await expect(page.getByLabel('البريد الإلكتروني')).toBeFocused();
  await look(page, 'forgotten');
  await page.getByLabel('البريد الإلكتروني').focus();
  await page.keyboard.type('layla@paper.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('إن كان لهذا البريد حساب');
  await look(page, 'forgotten-asked');
  await page.goto(served.url + await link(0));
  await look(page, 'new-password');
  await page.getByLabel('كلمة المرور الجديدة').fill(another);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('البريد الإلكتروني')).toBeFocused();
  await page.keyboard.type('layla@paper.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(another);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('ليلى حداد');

  await page.getByRole('link', { name: 'الحسابات' }).click();
  await look(page, 'users-with-mail');
  const invite = page.getByRole('region', { name: 'ادعُ زميلًا' });
  await invite.getByLabel('محرر', { exact: true }).check();
  await invite.getByLabel('بريد زميلك').fill('omar@paper.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('أُرسل الرابط بالبريد');
  await link(1);

  mail.refuse(451);
  await page.getByRole('button', { name: 'رابط لكلمة مرور جديدة' }).click();
  await expect(page.getByRole('alert')).toContainText('451');
  await expect(page.locator('.secret code')).toContainText('/newsroom/link/');
  await look(page, 'not-mailed');
  await page.getByRole('link', { name: 'الحسابات' }).click();
  await expect(page.getByRole('status')).toContainText('آخر رسالة لم تُرسل');
  await look(page, 'users-with-trouble');

  await page.getByRole('link', { name: 'English' }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${served.url}/newsroom/users`);
  await look(page, 'users-with-mail-english-dark');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await look(page, 'forgotten-english-dark');
  expect(faults).toEqual([]);
});
