// Firefox ESR by WebDriver BiDi (puppeteer-core over the system's browser).
import puppeteer from 'puppeteer-core';

/** @param {{dark?: boolean}} [options] @returns {Promise<import('./driver.mjs').Browser>} */
export async function openFirefox({ dark = false } = {}) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env['KPI_FIREFOX'] ?? '/usr/bin/firefox-esr',
    headless: true,
    protocolTimeout: 300_000,
    extraPrefsFirefox: {
      'app.update.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'intl.accept_languages': 'en-US',
      // puppeteer turns this off, which makes file: addresses look more permissive than they are for a user
      'security.fileuri.strict_origin_policy': true,
      'toolkit.telemetry.enabled': false,
      'ui.prefersReducedMotion': 1,
      'ui.systemUsesDarkTheme': dark ? 1 : 0,
    },
  });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width: 1280, height: 900 });
  /** @type {string[]} */
  const messages = [];
  /** @type {string[]} */
  const requests = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error instanceof Error ? error.message : error}`));
  page.on('request', (request) => requests.push(request.url()));
  /** @param {string} selector */
  async function visible(selector) {
    const element = await page.waitForSelector(selector, { visible: true });
    if (!element) throw new Error(`firefox: no ${selector}`);
    await element.scrollIntoView();
    return element;
  }
  return {
    name: 'firefox',
    goto: async (address) => { await page.goto(address); },
    evaluate: (source) => page.evaluate(source),
    click: async (selector) => { await (await visible(selector)).click(); },
    async choose(selector, value) {
      const element = await visible(selector);
      if (await element.evaluate((node) => node.tagName === 'SELECT')) await page.select(selector, value);
      else {
        await element.evaluate((node) => { /** @type {HTMLInputElement} */ (node).value = ''; });
        await element.type(value);
      }
    },
    async setFiles(selector, paths) {
      const element = await page.$(selector);
      if (!element) throw new Error(`firefox: no ${selector}`);
      await /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (element).uploadFile(...paths);
    },
    press: (key) => page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key)),
    resize: (width, height) => page.setViewport({ width, height }),
    requests: () => requests,
    messages: () => messages,
    close: () => browser.close(),
  };
}
