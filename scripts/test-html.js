// Looks at the HTML report in a real browser: `npm run test:html`. It is no part of `npm test`, which reads the page with a
// parser, because not every machine has a browser. CHROME_PATH names one that is not found by itself.
// With --screenshots FOLDER it leaves pictures there, of the report and of what the terminal shows.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { createJiti } from 'jiti';
import { chromium } from 'playwright-core';
import { build, repository } from './build.js';

const PLACES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const APPS = ['express-shop'];
const LOOKS = [
  { name: 'wide-light', width: 1280, colorScheme: /** @type {const} */ ('light') },
  { name: 'wide-dark', width: 1280, colorScheme: /** @type {const} */ ('dark') },
  { name: 'narrow-light', width: 360, colorScheme: /** @type {const} */ ('light') },
  { name: 'narrow-dark', width: 360, colorScheme: /** @type {const} */ ('dark') },
];
/** Milliseconds until a page with two thousand findings is there, and until a filter has been applied, on a slow machine. */
const LOAD_WITHIN = 10_000;
const FILTER_WITHIN = 2_000;

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */

const executablePath = PLACES.find((place) => place && existsSync(place));
if (!executablePath) {
  console.error('test-html: no Chromium was found. Install one (Debian: apt-get install chromium) or set CHROME_PATH.');
  process.exit(1);
}
const built = build({ ifStale: true, typeCheck: false });
if (!built.ok) {
  console.error(built.output);
  process.exit(1);
}

const shots = process.argv.includes('--screenshots')
  ? process.argv[process.argv.indexOf('--screenshots') + 1]
  : undefined;
const scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-html-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const pages = [...APPS.map(reportOfApp), ...(await madeUp())];
  for (const { name, file } of pages) {
    for (const look of LOOKS) await inOneLook(browser, name, file, look);
    await withoutScript(browser, name, file);
    await byKeyboard(browser, name, file);
    await filtered(browser, name, file);
    await printed(browser, name, file);
  }
  await large(browser);
  if (shots) await terminal(browser, shots);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
console.log('The HTML report is sound.');

/** @param {string} app */
function reportOfApp(app) {
  const file = path.join(scratch, `${app}.html`);
  const run = spawnSync(process.execPath, [path.join(repository, 'bin', 'mi-audit.js'), '--format', `html=${file}`], {
    cwd: path.join(repository, 'fixtures', 'apps', app),
    encoding: 'utf8',
  });
  assert.ok(existsSync(file), `${app}: ${run.stderr}`);
  return { name: app, file };
}

/** The reports that the tests make up: one with everything in it, one with nothing. */
async function madeUp() {
  const { sample, reportOf } = await samples();
  return [
    { name: 'sample', file: await write('sample', sample) },
    { name: 'clean', file: await write('clean', reportOf([])) },
  ];
}

async function samples() {
  return /** @type {typeof import('../test/sample-report.js')} */ (
    await createJiti(import.meta.url).import('../test/sample-report.ts')
  );
}

/**
 * @param {string} name
 * @param {import('../src/model/report.js').Report} report
 */
async function write(name, report) {
  const { html } = await import(pathToFileURL(path.join(repository, 'dist/src/report/html/index.js')).href);
  const file = path.join(scratch, `${name}.html`);
  writeFileSync(file, html(report, { showSafe: true }));
  return file;
}

/**
 * @param {Browser} browser
 * @param {string} file
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {(page: Page) => Promise<void>} check
 */
async function open(browser, file, options, check) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  /** @type {string[]} */
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) said.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await check(page);
  assert.deepEqual(said, [], file);
  await context.close();
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {string} file
 * @param {(typeof LOOKS)[number]} look
 */
async function inOneLook(browser, name, file, { name: look, width, colorScheme }) {
  const options = { viewport: { width, height: 900 }, colorScheme };
  await open(browser, file, options, async (page) => {
    const over = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    assert.ok(Number(over) <= 0, `${name} ${look}: ${over} pixels wider than the window`);
    if (!shots) return;
    await page.screenshot({ path: path.join(shots, `${name}-${look}.png`) });
    // What is far away is not laid out until it is near.
    await page.setViewportSize({ width, height: 6000 });
    await page.screenshot({ path: path.join(shots, `${name}-${look}-long.png`) });
  });
  // The policy of the page keeps the checker out as it would anybody else.
  await open(browser, file, { ...options, bypassCSP: true }, async (page) => {
    await page.addScriptTag({ content: axe.source });
    const found = await page.evaluate(
      `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
    );
    assert.deepEqual(found, [], `${name} ${look}`);
  });
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {string} file
 */
async function withoutScript(browser, name, file) {
  await open(browser, file, { javaScriptEnabled: false }, async (page) => {
    const findings = page.locator('article.finding');
    for (let index = 0; index < (await findings.count()); index++)
      assert.ok(await findings.nth(index).isVisible(), `${name}: a finding is hidden without the script`);
    assert.equal(await page.locator('#theme').isVisible(), false, `${name}: a switch that does nothing`);
  });
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {string} file
 */
async function byKeyboard(browser, name, file) {
  await open(browser, file, { colorScheme: 'light' }, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement?.className'), 'skip', `${name}: first comes the way past`);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('location.hash'), '#findings');
    await page.locator('#theme').focus();
    await page.keyboard.press('Space');
    assert.equal(
      await page.locator('#theme').getAttribute('aria-pressed'),
      'true',
      `${name}: the theme is not switched`,
    );
    const ground = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    assert.equal(ground, 'rgb(20, 22, 27)', `${name}: the dark theme is not dark`);
    await page.reload();
    assert.equal(await page.locator('#theme').getAttribute('aria-pressed'), 'true', `${name}: the theme is forgotten`);
  });
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {string} file
 */
async function filtered(browser, name, file) {
  await open(browser, file, {}, async (page) => {
    const all = await page.locator('article.finding').count();
    if (all === 0) return;
    const shown = () => page.locator('article.finding:visible').count();
    assert.equal(await shown(), all);
    const blockers = await page.locator('article.finding[data-severity=error]').count();
    for (const other of ['warning', 'info'])
      if (await page.locator(`[name=severity][value=${other}]`).count())
        await page.locator(`[name=severity][value=${other}]`).uncheck();
    assert.equal(await shown(), blockers, `${name}: the filter for severities`);
    await page.locator('#filters [type=reset]').click();
    await page.waitForFunction(`document.querySelectorAll('article.finding:not([hidden])').length === ${all}`);
    const rule = await page.locator('#filter-rule option').nth(1).getAttribute('value');
    await page.locator('#filter-rule').selectOption(rule);
    assert.equal(await shown(), await page.locator(`article.finding[data-rule="${rule}"]`).count());
    await page.locator('#filter-text').fill('nothing has these words');
    assert.equal(await shown(), 0);
    assert.match(String(await page.locator('#filter-count').textContent()), /^0 of \d+ findings$/);
    // A card leads to its rule although its findings are filtered away.
    const link = page.locator('.card a').first();
    await link.click();
    await page.waitForFunction(`document.querySelectorAll('article.finding:not([hidden])').length === ${all}`);
  });
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {string} file
 */
async function printed(browser, name, file) {
  await open(browser, file, { colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.locator('#theme').isVisible(), false, `${name}: a button on paper`);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(ground, 'rgb(255, 255, 255)', `${name}: paper is white`);
    const pdf = await page.pdf({ format: 'A4', ...(shots ? { path: path.join(shots, `${name}.pdf`) } : {}) });
    assert.ok(pdf.length > 1000);
    assert.equal(await page.locator('details:not([open])').count(), 0, `${name}: something stays folded on paper`);
  });
}

/** @param {Browser} browser */
async function large(browser) {
  const { sample, reportOf } = await samples();
  const [, finding] = sample.findings;
  assert.ok(finding);
  const findings = Array.from({ length: 2000 }, (_, index) => ({ ...finding, file: `src/file-${index}.js` }));
  const file = await write('large', reportOf(findings));
  const began = performance.now();
  await open(browser, file, {}, async (page) => {
    const loaded = performance.now() - began;
    assert.ok(loaded < LOAD_WITHIN, `2000 findings take ${Math.round(loaded)} ms`);
    const start = performance.now();
    await page.locator('#filter-text').fill('file-1999');
    assert.equal(await page.locator('article.finding:visible').count(), 1);
    const took = performance.now() - start;
    assert.ok(took < FILTER_WITHIN, `a filter over 2000 findings takes ${Math.round(took)} ms`);
  });
}

/**
 * What the terminal shows, as a picture: colours become elements.
 * @param {Browser} browser
 * @param {string} folder
 */
async function terminal(browser, folder) {
  const run = spawnSync(process.execPath, [path.join(repository, 'bin', 'mi-audit.js')], {
    cwd: path.join(repository, 'fixtures', 'apps', 'express-shop'),
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '100' },
  });
  /** @type {Record<string, string>} */
  const styles = {
    1: 'font-weight:700',
    2: 'opacity:.6',
    31: 'color:#f66',
    32: 'color:#7c6',
    33: 'color:#fc5',
    36: 'color:#5cd',
  };
  const text = run.stdout.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const shown = text.replace(/\u001b\[(\d+)m/g, (_, code) =>
    styles[code] ? `<span style="${styles[code]}">` : '</span>',
  );
  const page = await browser.newPage({ viewport: { width: 980, height: 1400 } });
  await page.setContent(
    `<body style="margin:0;background:#15171c;color:#dde;padding:20px"><pre style="font:14px/1.4 'DejaVu Sans Mono',monospace">${shown}</pre>`,
  );
  await page.screenshot({ path: path.join(folder, 'terminal.png') });
}
