import assert from 'node:assert/strict';
import { test } from 'node:test';
import { warmUp, warmUpWhenQuiet } from '../../../web/engine/warm-up.js';

/** Notes what is asked of it and answers with success. @param {(method: string) => void} [onCall] */
function fakeCore(onCall = () => {}) {
  /** @type {string[]} */
  const calls = [];
  let bytes = 0;
  return {
    calls,
    bytes: () => bytes,
    version: () => '',
    /** @param {string} method */
    call(method) {
      calls.push(method);
      onCall(method);
      return JSON.stringify({ ok: true, result: { file: 7 } });
    },
    /** @param {number} _file @param {number} count */
    reserve: (_file, count) => new Uint8Array(count),
    /** @param {number} file @param {number} count */
    commit(file, count) {
      assert.equal(file, 7);
      bytes += count;
      return '{"ok":true}';
    },
  };
}
const later = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

test('the warm-up reads rows and asks for reports', async () => {
  const core = fakeCore();
  assert.equal(await warmUp(core, () => true), true);
  assert.deepEqual(core.calls, ['open', 'finish', 'report', 'report', 'report']);
  assert.ok(core.bytes() > 1e6);
});

test('the warm-up stops at the next step when it is no longer wanted', async () => {
  let isWanted = true;
  const core = fakeCore((method) => { if (method === 'finish') isWanted = false; });
  assert.equal(await warmUp(core, () => isWanted), false);
  assert.deepEqual(core.calls, ['open', 'finish']);
});

test('it waits until nothing is heard, and runs once', async () => {
  let made = 0;
  const core = fakeCore();
  const heard = warmUpWhenQuiet(async () => {
    made++;
    return core;
  });
  for (let i = 0; i < 5; i++) {
    heard('call');
    await later(10);
    assert.equal(made, 0);
  }
  while (core.calls.length < 5) await later(10);  // until its end, however slow the machine is
  assert.equal(made, 1);
  heard('call');
  await later(200);
  assert.equal(made, 1);
});

test('it never starts after a file has come, and what it began starts anew after a call', async () => {
  let made = 0;
  const heard = warmUpWhenQuiet(async () => {
    made++;
    heard(made === 1 ? 'call' : 'load');
    return fakeCore();
  });
  heard('init');
  await later(500);
  assert.equal(made, 2);
});

test('a warm-up that fails is not tried again and disturbs nobody', async () => {
  let made = 0;
  const heard = warmUpWhenQuiet(async () => {
    made++;
    throw new Error('no memory');
  });
  heard('init');
  await later(200);
  heard('call');
  await later(200);
  assert.equal(made, 1);
});
