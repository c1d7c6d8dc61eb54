import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedWeights } from '../../../web/state/attribution-weights.js';

test('kept weights come back only where they are shares that sum to 1', () => {
  assert.deepEqual(checkedWeights({ first: 0.4, last: 0.4, others: 0.2, evil: 'x' }), { first: 0.4, lead: 0, opportunity: 0, close: 0, last: 0.4, others: 0.2 });
  assert.deepEqual(checkedWeights({ first: 0.333, last: 0.333, others: 0.334 })?.['others'], 0.334);
  for (const wrong of [null, undefined, 7, 'x', {}, { first: 0.5 }, { first: 2, last: -1 }, { first: '1' }, { first: NaN, last: 1 }, { first: 0.5, last: 0.6 }]) assert.equal(checkedWeights(wrong), null, JSON.stringify(wrong));
});
