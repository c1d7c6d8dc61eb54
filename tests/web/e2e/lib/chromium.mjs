// Chromium by the DevTools protocol (playwright-core over the system's browser).
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @param {{dark?: boolean, flags?: string[]}} [options] @returns {Promise<import('./driver.mjs').Browser>} */
export async function openChromium({ dark = false, flags = [] } = {}) {
  const browser = await chromium.launch({ executablePath: process.env['KPI_CHROMIUM'] ?? '/usr/bin/chromium', args: [...FLAGS, ...flags] });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 }, locale: 'en-US', timezoneId: 'UTC', colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  /** @type {string[]} */
  const messages = [];
  /** @type {string[]} */
  const requests = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
  context.on('request', (request) => requests.push(request.url()));
  return {
    name: 'chromium',
    goto: async (address) => { await page.goto(address); },
    evaluate: (source) => page.evaluate(source),
    click: (selector) => page.locator(selector).first().click(),
    async choose(selector, value) {
      const element = page.locator(selector).first();
      if (await element.evaluate((node) => node.tagName === 'SELECT')) await element.selectOption(value);
      else await element.fill(value);
    },
    setFiles: (selector, paths) => page.locator(selector).first().setInputFiles(paths),
    press: (key) => page.keyboard.press(key === ' ' ? 'Space' : key),
    resize: (width, height) => page.setViewportSize({ width, height }),
    requests: () => requests,
    messages: () => messages,
    close: () => browser.close(),
  };
}
