import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliBytes, PAGE_BUDGET } from '../../../scripts/lib/page-budget.mjs';
import { page } from './lib/app.mjs';

test('the page is as small as promised', () => {
  const bytes = brotliBytes(readFileSync(page, 'utf8'));
  assert.ok(bytes <= PAGE_BUDGET, `${bytes} bytes after brotli, ${PAGE_BUDGET} allowed: scripts/build_page.mjs prints which part grew`);
});
