import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineClient } from '../../../web/engine/client.js';
import { feed } from '../../../web/engine/feed.js';
import { pieces, slices } from '../../../web/engine/reader.js';
import createFakeKpi from './fake-engine.js';

/** A worker's stand-in: the fake core behind the worker's messages, on this thread. */
class FakeWorker {
  /** @type {((event: any) => void)|null} */ onmessage = null;
  /** @type {((event: any) => void)|null} */ onerror = null;
  gone = false;
  /** @type {Map<number, (bytes: ArrayBuffer) => void>} */ tickets = new Map();
  tickets_used = 0;
  core = createFakeKpi();

  constructor() {
    queueMicrotask(() => this.tell({ type: 'ready', version: 'fake' }));
  }

  /** @param {any} message */
  tell(message) {
    if (!this.gone) this.onmessage?.({ data: message });
  }

  /** @param {any} message */
  async postMessage(message) {
    const core = await this.core;
    if (message.type === 'chunk') return this.tickets.get(message.ticket)?.(message.bytes);
    try {
      if (message.type === 'call') this.tell({ type: 'answer', id: message.id, text: core.call(message.method, JSON.stringify(message.request)) });
      if (message.type === 'load') {
        const pull = (/** @type {number} */ offset, /** @type {number} */ length) => new Promise((/** @type {(bytes: ArrayBuffer) => void} */ resolve) => {
          this.tickets.set(++this.tickets_used, resolve);
          this.tell({ type: 'need', id: message.id, ticket: this.tickets_used, offset, length });
        });
        const text = await feed(core, message, pull, (done, pass) => this.tell({ type: 'progress', id: message.id, done, total: message.size, pass }));
        this.tell({ type: 'answer', id: message.id, text });
      }
    } catch (error) {
      this.tell({ type: 'trap', message: String(error) });
    }
  }

  terminate() {
    this.gone = true;
  }
}

function client() {
  /** @type {FakeWorker[]} */
  const workers = [];
  const engine = new EngineClient(() => {
    workers.push(new FakeWorker());
    return /** @type {any} */ (workers[workers.length - 1]);
  });
  return { engine, workers };
}
const text = new Blob(['a,b\n1,2\n']);
const unreadable = /** @type {any} */ ({});

test('slices cover the file in order, whatever their size, some ahead of the one in use', async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  for (const size of [1, 7, 333, 1000, 5000]) {
    let open = 0;
    let most = 0;
    const fetch = async (/** @type {number} */ offset, /** @type {number} */ length) => {
      most = Math.max(most, ++open);
      return bytes.buffer.slice(offset, offset + length);
    };
    const got = [];
    for await (const slice of slices(0, bytes.length, fetch, size)) {
      open--;
      got.push(...slice);
    }
    assert.deepEqual(Uint8Array.from(got), bytes);
    assert.ok(most <= 5, `${most} at once with slices of ${size}`);
  }
});

/** @param {AsyncGenerator<Uint8Array>} source */
async function joined(source) {
  const got = [];
  for await (const bytes of source) got.push(bytes.slice());
  return Uint8Array.from(Buffer.concat(got));
}
const noFetch = () => Promise.reject(new Error('not to be asked'));

test('a file is read by itself where that works, and through slices from where it fails', async () => {
  const bytes = Uint8Array.from({ length: 3 * 65536 + 17 }, (_, i) => (i * 31) % 251);
  const blob = new Blob([bytes]);
  const fetch = (/** @type {number} */ offset, /** @type {number} */ length) => blob.slice(offset, offset + length).arrayBuffer();
  assert.deepEqual(await joined(pieces(blob, blob.size, noFetch)), bytes, 'by itself');
  const none = /** @type {any} */ ({});
  assert.deepEqual(await joined(pieces(none, blob.size, fetch)), bytes, 'no streams');
  let reads = 0;
  const breaks = /** @type {any} */ ({ stream: () => ({ getReader: () => ({
    read: async () => (reads++ ? Promise.reject(new Error('gone')) : { done: false, value: bytes.slice(0, 1000) }),
  }) }) });
  assert.deepEqual(await joined(pieces(breaks, blob.size, fetch)), bytes, 'breaks off');
});

test('a stream that gives only crumbs is left for slices', async () => {
  const bytes = Uint8Array.from({ length: 50 * 4096 }, (_, i) => (i * 7) % 253);
  let [reads, cancelled] = [0, false];
  const reader = { cancel: async () => { cancelled = true; }, read: async () => ({ done: false, value: bytes.slice(reads * 4096, ++reads * 4096) }) };
  const crumbs = /** @type {any} */ ({ stream: () => ({ getReader: () => reader }) });
  const fetch = async (/** @type {number} */ offset, /** @type {number} */ length) => bytes.buffer.slice(offset, offset + length);
  assert.deepEqual(await joined(pieces(crumbs, bytes.length, fetch)), bytes);
  assert.ok(cancelled && reads < 20, `${reads} reads`);
});

test('half of a surrogate pair in a name does no harm', async () => {
  const core = await createFakeKpi();
  const answer = await feed(core, { name: 'leads \ud83d.csv', blob: text, size: text.size, options: {}, file: null }, noFetch, () => {});
  assert.equal(JSON.parse(answer).result.card.name, 'leads \ufffd.csv');
});

test('a file goes through to its card, with progress', async () => {
  const { engine } = client();
  await engine.start();
  const seen = /** @type {number[]} */ ([]);
  const card = await engine.load('deals.csv', text, {}, (done) => seen.push(done));
  assert.equal(card.table, 'opportunities');
  assert.deepEqual(seen, [text.size]);
  assert.equal((await engine.call('files')).files.length, 1);
});

test('a file that is no table fails alone', async () => {
  const { engine } = client();
  await engine.start();
  await assert.rejects(engine.load('old.xls', text, {}, () => {}), { code: 'file_is_xls' });
  assert.equal((await engine.load('leads.csv', text, {}, () => {})).table, 'leads');
});

test('a core that asks for the file again gets it from its first byte', async () => {
  const core = await createFakeKpi();
  let finished = 0;
  const asked = /** @type {number[]} */ ([]);
  const twice = { ...core, call: (/** @type {string} */ method, /** @type {string} */ request) => (method === 'finish' && !finished++ ? '{"ok":true,"result":{"again":true}}' : core.call(method, request)) };
  const answer = await feed(twice, { name: 'leads.csv', blob: unreadable, size: text.size, options: {}, file: null }, async (offset) => (asked.push(offset), text.arrayBuffer()), () => {});
  assert.equal(JSON.parse(answer).ok, true);
  assert.deepEqual(asked, [0, 0]);
});

test('memory that grows while bytes are taken is no failure', async () => {
  const core = await createFakeKpi();
  let lastRoom = new Uint8Array();
  const grows = { ...core,
    reserve: (/** @type {number} */ file, /** @type {number} */ count) => (lastRoom = /** @type {Uint8Array<ArrayBuffer>} */ (core.reserve(file, count))),
    commit(/** @type {number} */ file, /** @type {number} */ count) {
      const answer = core.commit(file, count);
      structuredClone(null, { transfer: [lastRoom.buffer] });  // detaches the view, as growth does
      return answer;
    } };
  const answer = await feed(grows, { name: 'leads.csv', blob: unreadable, size: text.size, options: {}, file: null }, () => text.arrayBuffer(), () => {});
  assert.equal(JSON.parse(answer).ok, true);
});

test('a trap restarts the engine and reads the other files again', async () => {
  const { engine, workers } = client();
  await engine.start();
  await engine.load('leads.csv', text, {}, () => {});
  const restarted = new Promise((resolve) => { engine.onRestart = resolve; });
  await assert.rejects(engine.load('trap.csv', text, {}, () => {}), { code: 'engine_stopped' });
  const files = /** @type {any[]} */ (await restarted);
  assert.deepEqual(files.map((card) => card.name), ['leads.csv']);
  assert.equal(workers.length, 2);
  assert.ok(workers[0].gone);
});

test('cancel rejects what runs and keeps what was read, with its fixes', async () => {
  const { engine } = client();
  await engine.start();
  const card = await engine.load('leads.csv', text, {}, () => {});
  await engine.reread(card.file, { table: 'ad_spend' }, () => {});
  const slow = engine.load('deals.csv', text, {}, () => {});
  const rejected = assert.rejects(slow, { code: 'cancelled' });
  const files = await engine.cancel();
  await rejected;
  assert.deepEqual(files.map((one) => [one.name, one.table]), [['leads.csv', 'ad_spend']]);
  assert.deepEqual(engine.options(files[0].file), { table: 'ad_spend' });
});

test('an engine that never answers is reported', async () => {
  const engine = new EngineClient(() => /** @type {any} */ ({ postMessage() {}, terminate() {} }), 20);
  await assert.rejects(engine.start(), { code: 'engine_not_started' });
});

test('a file that cannot be read is named and the engine starts anew', async () => {
  const { engine } = client();
  await engine.start();
  const gone = /** @type {any} */ ({ size: 8, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('moved')) }) });
  const restarted = new Promise((resolve) => { engine.onRestart = resolve; });
  await assert.rejects(engine.load('moved.csv', gone, {}, () => {}), { code: 'file_unreadable' });
  assert.deepEqual(await restarted, []);
});
