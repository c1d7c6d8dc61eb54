// What goes between the tags of the single-file page, and the policy that allows exactly that.
import { createHash } from 'node:crypto';

/** JavaScript that does not end or confuse the script element around it; the meaning stays the same. */
export const safeInScript = (/** @type {string} */ text) => text.replace(/<(\/script|!--)/gi, '<\\$1');

/** CSS has no such escape, so the closing tag may not occur. */
export function safeInStyle(/** @type {string} */ text) {
  if (/<\/style/i.test(text)) throw new Error('the style sheet holds a closing style tag');
  return text;
}

/** As a Content-Security-Policy names a text. */
export const hash = (/** @type {string} */ text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Allows this script, this style, WebAssembly, workers from blobs, and nothing from any address.
 * @param {string} script exact text between the tags
 * @param {string} style exact text between the tags
 */
export function contentSecurityPolicy(script, style) {
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    'worker-src blob:',
    'img-src data: blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types kpi lit-html',
  ].join('; ');
}
