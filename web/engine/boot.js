// Makes the worker from the texts inside the page: module decoded and compiled once, worker from a Blob URL.
import { bytesOf } from './byte-text.js';
import { moduleOf } from './module-streams.js';

/** @typedef {{createScriptURL(url: string): string}} Policy */
const trustedTypes = /** @type {{trustedTypes?: {createPolicy(name: string, rules: Policy): Policy}}} */ (/** @type {unknown} */ (globalThis)).trustedTypes;

const policy = trustedTypes?.createPolicy('kpi', {
  createScriptURL(url) {
    if (!url.startsWith('blob:')) throw new TypeError('only blob: scripts');
    return url;
  },
});

/** @param {string} id of a script element that holds data */
const textOf = (id) => document.getElementById(id)?.textContent ?? '';

/**
 * A function that starts one more engine worker; the module is compiled only once. Waits for the end of the page, where its text stands.
 * Errors: rejects where WebAssembly is forbidden or the embedded module is damaged.
 * @returns {Promise<() => Worker>}
 */
export async function workerFactory() {
  if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }));
  const module = await WebAssembly.compile(moduleOf(bytesOf(textOf('wasm'))));
  const source = textOf('worker');
  return () => {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(policy ? policy.createScriptURL(url) : url);
    worker.postMessage({ type: 'init', module });
    return worker;
  };
}
