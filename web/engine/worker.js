// The engine's worker: holds the core, takes one request at a time, reads files or pulls their bytes from the page.
import createKpi from 'kpi-core';
import { feed } from './feed.js';
import { warmUpWhenQuiet } from './warm-up.js';

/** @typedef {import('./protocol.js').ToWorker} ToWorker */
/** @typedef {import('./protocol.js').FromWorker} FromWorker */

/** How often reading is told. Each time is a frame for the page to draw, which takes time from reading where processors are few. */
const PROGRESS_MS = 100;

/** @type {import('kpi-core').KpiCore|null} */
let core = null;
/** @type {WebAssembly.Module|null} */
let module = null;
let lastTicket = 0;
/** @type {Map<number, (bytes: ArrayBuffer) => void>} */
const tickets = new Map();
/** One request after the other: a report must not run between two slices of a file. */
let turn = Promise.resolve();

/** @param {FromWorker} message */
const post = (message) => postMessage(message);

addEventListener('message', (event) => {
  const message = /** @type {ToWorker} */ (event.data);
  heard(message.type);
  if (message.type === 'chunk') deliver(message.ticket, message.bytes);
  else turn = turn.then(() => handle(message)).catch((error) => post({ type: 'trap', message: String(error?.message ?? error) }));
});

const makeCore = () => createKpi({
  locateFile: (path) => path,
  instantiateWasm(imports, done) {
    WebAssembly.instantiate(/** @type {WebAssembly.Module} */ (module), imports).then(done);
    return {};
  },
});

const heard = warmUpWhenQuiet(makeCore);

/** @param {Exclude<ToWorker, {type: 'chunk'}>} message */
async function handle(message) {
  if (message.type === 'init') {
    module = message.module;
    core = await makeCore();
    post({ type: 'ready', version: core.version() });
    return;
  }
  if (!core) throw new Error('the engine has not started');
  const { id } = message;
  if (message.type === 'call') {
    post({ type: 'answer', id, text: core.call(message.method, JSON.stringify(message.request)) });
    return;
  }
  let told = 0;
  const text = await feed(core, message, (offset, length) => pull(id, offset, length), (done, pass) => {
    const now = performance.now();
    if (now - told < PROGRESS_MS && done < message.size) return;
    told = now;
    post({ type: 'progress', id, done, total: message.size, pass });
  });
  post({ type: 'answer', id, text });
}

/**
 * @param {number} id
 * @param {number} offset
 * @param {number} length
 * @returns {Promise<ArrayBuffer>}
 */
function pull(id, offset, length) {
  return new Promise((resolve) => {
    const ticket = ++lastTicket;
    tickets.set(ticket, resolve);
    post({ type: 'need', id, ticket, offset, length });
  });
}

/**
 * @param {number} ticket
 * @param {ArrayBuffer} bytes
 */
function deliver(ticket, bytes) {
  tickets.get(ticket)?.(bytes);
  tickets.delete(ticket);
}
