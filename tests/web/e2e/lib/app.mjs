// The page as a user meets it: what can be clicked, what can be read. Found by test id only.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveFolder } from '../../../../scripts/lib/static-server.mjs';
import { browsers, until } from './driver.mjs';

/** @typedef {import('./driver.mjs').Browser} Browser */

export const root = resolve(import.meta.dirname, '../../../..');
export const page = process.env['KPI_PAGE'] ?? join(root, 'build/page/index.html');
/** @type {{files: {name: string, records_used: number}[], reports: any[]}} figures that tests/oracle/sample.py calculated with SQLite */
export const expected = JSON.parse(readFileSync(join(root, 'tests/web/expected/sample.json'), 'utf8'));

/** @param {string} name */
export function expectedReport(name) {
  const report = expected.reports.find((one) => one.name === name);
  assert.ok(report, `no expected report "${name}"`);
  return report;
}

/** Equal up to the twelve digits that the expected figures are written with. @param {number|null} actual @param {number|null} wanted @param {string} what */
export function assertFigure(actual, wanted, what) {
  if (actual === null || wanted === null) return assert.equal(actual, wanted, what);
  assert.ok(Math.abs(actual - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${actual}, expected ${wanted}`);
}

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

export class App {
  /** @param {Browser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /** @param {string} address */
  async open(address) {
    await this.browser.goto(address);
    await this.ready();
  }

  async ready() {
    await until(this.browser, `document.querySelector('${id('frame')}')?.dataset.engine === 'ready'`, 'the engine');
  }

  /** Waits until nothing is read or calculated. */
  async settled() {
    await until(this.browser, `document.querySelector('${id('frame')}[data-busy="false"]') !== null && document.querySelector('${id('progress')}') === null`, 'the answer', 120_000);
  }

  async trySample() {
    await this.browser.click(id('sample'));
    await until(this.browser, `document.querySelector('${id('frame')}').dataset.place !== 'start'`, 'the sample');
    await this.settled();
  }

  /** From the first page, where either an overview or a message follows. @param {string[]} paths */
  async addFiles(paths) {
    const seen = `document.querySelector('${id('frame')}').dataset.place + document.querySelectorAll('${id('message')}').length`;
    const before = await this.browser.evaluate(seen);
    await this.browser.setFiles(id('file-input'), paths);
    await until(this.browser, `${seen} !== ${JSON.stringify(before)}`, 'the files');
    await this.settled();
  }

  /** @param {import('../../../../web/state/url-state.js').Place} place */
  async go(place) {
    await this.browser.click(id(`place-${place}`));
    await until(this.browser, `document.querySelector('${id('frame')}').dataset.place === '${place}'`, place);
    await this.settled();
  }

  /** Values on the cards of the overview, null where a card has none. @returns {Promise<Record<string, number|null>>} */
  values() {
    return this.browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('kpi-card')}')].map((card) =>
      [card.dataset.kpi, card.dataset.value === undefined ? null : Number(card.dataset.value)]))`);
  }

  /** Cells of the table by members: member key -> KPI -> value. @returns {Promise<Record<string, Record<string, number|null>>>} */
  members() {
    return this.browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('member')}')].map((row) => [row.dataset.key,
      Object.fromEntries([...row.querySelectorAll('td[data-kpi]')].map((cell) => [cell.dataset.kpi, cell.dataset.value === undefined ? null : Number(cell.dataset.value)]))]))`);
  }

  /** @returns {Promise<{name: string, table: string, rows: number}[]>} */
  files() {
    return this.browser.evaluate(`[...document.querySelectorAll('${id('file-card')}')].map(({ dataset }) => ({ name: dataset.name, table: dataset.table, rows: Number(dataset.rows) }))`);
  }

  /** @returns {Promise<string[]>} codes of what the page complains about */
  messages() {
    return this.browser.evaluate(`[...document.querySelectorAll('${id('message')}')].map((message) => message.dataset.code)`);
  }

  /** @param {string} from @param {string} to days */
  async period(from, to) {
    await this.browser.click(id('period'));
    for (const [name, day] of [['period-from', from], ['period-to', to]]) {
      // date fields differ in how they are typed into; their change event does not
      await this.browser.evaluate(`(() => { const field = document.querySelector('${id(/** @type {string} */ (name))}'); field.value = '${day}';
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true })); })()`);
      await this.settled();
    }
    await this.closePanel('period');
  }

  /** @param {'none'|'previous_period'|'same_period_last_year'} kind */
  async compare(kind) {
    await this.browser.click(id('compare'));
    await this.browser.click(id(`compare-${kind}`));
    await this.closePanel('compare');
    await this.settled();
  }

  /** @param {string} dimension @param {string} key */
  async filter(dimension, key) {
    await this.browser.click(id('filter'));
    await this.browser.choose(id('filter-dimension'), dimension);
    await until(this.browser, `document.querySelector('${id('filter-value')}[data-key="${key}"]') !== null`, `the filter value ${key}`);
    await this.browser.click(`${id('filter-value')}[data-key="${key}"]`);
    await this.closePanel('filter');
    await this.settled();
  }

  /** A figure on the place of typed figures, as typing leaves it: the text, and that the field was left. @param {string} measure @param {string} text @param {string} [period] */
  async type(measure, text, period = '') {
    const where = JSON.stringify(`${id('figure')}[data-measure="${measure}"][data-period="${period}"]`);
    await until(this.browser, `document.querySelector(${where}) !== null`, `the field ${measure} ${period}`);
    await this.browser.evaluate(`(() => { const input = document.querySelector(${where}); input.focus(); input.value = ${JSON.stringify(text)};
      input.dispatchEvent(new Event('input', { bubbles: true })); input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    await this.settled();
  }

  /** @param {string} name */
  async closePanel(name) {
    if (await this.browser.evaluate(`document.querySelector('#${name}:popover-open') !== null`)) await this.browser.press('Escape');
    await until(this.browser, `document.querySelector('#${name}:popover-open') === null`, `the ${name} panel to close`);
  }

  /** From now on, every time that the engine is given a file or a piece of one, or asked for a report, is counted. */
  countReads() {
    return this.browser.evaluate(`(() => { globalThis.kpiReads = 0; globalThis.kpiReports = 0; const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (message, ...more) { if (message.type !== 'call') globalThis.kpiReads++; if (message.method === 'report') globalThis.kpiReports++; return postMessage.call(this, message, ...more); }; return true; })()`);
  }

  /** @returns {Promise<number>} reports that the engine was asked for since then */
  reports() {
    return this.browser.evaluate('globalThis.kpiReports');
  }

  /** @returns {Promise<number>} */
  reads() {
    return this.browser.evaluate('globalThis.kpiReads');
  }

  /** Opens the card of a file on the data place. @param {string} name */
  async openFile(name) {
    const card = `${id('file-card')}[data-name="${name}"]`;
    if (!(await this.browser.evaluate(`document.querySelector('${card}').open`))) await this.browser.click(`${card} > summary`);
    await until(this.browser, `document.querySelector('${card} ${id('column')}') !== null`, `the columns of ${name}`);
    return card;
  }

  /** Says which field a column is, and reads the file again. @param {string} file @param {number} column @param {string} field */
  async remap(file, column, field) {
    const card = await this.openFile(file);
    await this.browser.choose(`${card} ${id('column')}[data-column="${column}"] ${id('field')}`, field);
    await this.browser.click(`${card} ${id('apply')}`);
    await until(this.browser, `document.querySelector('${card} ${id('column')}[data-column="${column}"]')?.dataset.field === '${field}'`, `${field} in column ${column}`);
    await this.settled();
  }
}

/** The two ways in which people get the page. @returns {Promise<{name: 'http'|'file', address: string, log: string[], close(): Promise<void>}>} */
export async function served(/** @type {'http'|'file'} */ name) {
  assert.ok(existsSync(page), `${page} is not built: scripts/build`);
  /** @type {string[]} */
  const log = [];
  if (name === 'file') return { name, address: pathToFileURL(page).href, log, close: async () => {} };
  const server = await serveFolder(join(page, '..'), { log });
  return { name, address: `${server.address}/`, log, close: server.close };
}

/**
 * Runs a story on a fresh browser and closes everything after it.
 * @param {Browser['name']} name
 * @param {'http'|'file'} origin
 * @param {(app: App, browser: Browser, site: {address: string, log: string[]}) => Promise<void>} story
 * @param {{dark?: boolean}} [options]
 */
export async function visit(name, origin, story, options) {
  const site = await served(origin);
  const browser = await browsers[name](options);
  try {
    const app = new App(browser);
    await app.open(site.address);
    await story(app, browser, site);
  } finally {
    await browser.close();
    await site.close();
  }
}

export const NAMES = /** @type {Browser['name'][]} */ (process.env['KPI_BROWSERS']?.split(',') ?? ['chromium', 'firefox', 'webkit']);
