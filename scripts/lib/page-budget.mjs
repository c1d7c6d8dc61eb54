// How large the page may be: bytes after brotli, as a server sends it. A step that needs more room raises it and says why.
import { brotliCompressSync, constants } from 'node:zlib';

// 200 KB held the spine; the whole catalogue, its texts and the form for typed figures are some 45 KB more; cohorts, targets, the plan, what
// changed, own KPIs, exchange rates, receipts and the samples of all tables another 70. The models behind the analyses (attribution, customer
// value, experiments, scoring, survival, forecasts, with the distributions and linear algebra they stand on) and their views are 260 more.
export const PAGE_BUDGET = 590_000;

/** @param {string} text */
export const brotliBytes = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }).length;
