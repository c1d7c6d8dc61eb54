// What the tests need of a browser, the same for the three of them.

/**
 * @typedef {object} Browser
 * @property {'chromium'|'firefox'|'webkit'} name
 * @property {(address: string) => Promise<void>} goto
 * @property {(source: string) => Promise<any>} evaluate  an expression, possibly a promise; its value as JSON
 * @property {(selector: string) => Promise<void>} click  as a pointer would: the element must be visible
 * @property {(selector: string, value: string) => Promise<void>} choose  an option of a select, or text into a field
 * @property {(selector: string, paths: string[]) => Promise<void>} setFiles
 * @property {(key: string) => Promise<void>} press  'Tab', 'Enter', 'Escape', 'ArrowDown', ' ' or a character
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {(selector: string) => Promise<void>} [intoFrame]  everything after it happens in this iframe; WebKitGTK only
 * @property {() => string[]} requests  addresses asked for since the start; WebKitGTK keeps no such log
 * @property {() => string[]} messages  of the console and of uncaught errors
 * @property {() => Promise<void>} close
 */

import { openChromium } from './chromium.mjs';
import { openFirefox } from './firefox.mjs';
import { openWebKit } from './webkit.mjs';

/** @type {Record<Browser['name'], (options?: {dark?: boolean}) => Promise<Browser>>} */
export const browsers = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit };

export const sleep = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Polls until the expression is true in the page.
 * @param {Browser} browser
 * @param {string} condition an expression
 * @param {string} what for the message
 * @param {number} [timeout] in ms
 */
export async function until(browser, condition, what, timeout = 60_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await browser.evaluate(`(() => { const found = (${condition}); return found === undefined ? null : found; })()`);
    if (value) return value;
    if (Date.now() > end) {
      const seen = await browser.evaluate('document.body.innerText.slice(0, 1500)');
      throw new Error(`${browser.name}: waited ${timeout} ms for ${what}\nconsole: ${browser.messages().slice(-5).join(' | ')}\npage: ${seen}`);
    }
    await sleep(100);
  }
}
