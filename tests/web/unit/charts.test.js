import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaPath, linePath } from '../../../web/charts/path.js';
import { bands, valueAxis } from '../../../web/charts/scale.js';

test('an axis holds its values between round numbers', () => {
  const cases = /** @type {[number, number, number[]][]} */ ([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 0.68, [0, 0.2, 0.4, 0.6, 0.8]],
    [0, 4.6, [0, 1, 2, 3, 4, 5]],
    [0, 23400, [0, 5000, 10000, 15000, 20000, 25000]],
    [0, 0.000238, [0, 0.00005, 0.0001, 0.00015, 0.0002, 0.00025]],
    [-3, 7, [-4, -2, 0, 2, 4, 6, 8]],
    [-250, 0, [-250, -200, -150, -100, -50, 0]],
  ]);
  for (const [low, high, ticks] of cases) {
    const axis = valueAxis(low, high, 4, 200, 0);
    assert.deepEqual(axis.ticks, ticks, `${low} to ${high}`);
    assert.equal(axis.at(ticks[0]), 200);
    assert.equal(axis.at(ticks[ticks.length - 1]), 0);
  }
});

test('an axis of any size ends, with a handful of ticks around its values', () => {
  let seen = 0;
  for (let power = -12; power < 15; power++) {
    for (const high of [1, 1.3, 2.9, 4.999, 7.1, 9.99]) {
      const { ticks } = valueAxis(0, high * 10 ** power, 4, 0, 1);
      assert.ok(ticks.length >= 3 && ticks.length <= 8 && ticks[0] === 0 && ticks[ticks.length - 1] >= high * 10 ** power * (1 - 1e-12), `${high}e${power}: ${ticks}`);
      seen++;
    }
  }
  assert.equal(seen, 162);
});

test('bands fill the width with gaps between and around', () => {
  const { step, width, start, middle } = bands(4, 0.3, 100, 530);
  assert.deepEqual([step, width, start(0), start(3) + width, middle(0)], [100, 70, 130, 500, 165]);
});

test('a line breaks where a value is missing, and a lone point is closed', () => {
  const x = (/** @type {number} */ i) => i * 10;
  const y = (/** @type {number} */ value) => 100 - value;
  assert.equal(linePath([1, 2, null, 3], x, y), 'M0,99L10,98M30,97Z');
  assert.equal(areaPath([1, 2, null], x, y, 100), 'M0,99L10,98L10,100L0,100Z');
  assert.equal(linePath([null, null], x, y), '');
});
