// How large the page may be: bytes after brotli, as a server sends it. A step that needs more room raises it and says why.
import { brotliCompressSync, constants } from 'node:zlib';

export const PAGE_BUDGET = 200_000;

/** @param {string} text */
export const brotliBytes = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }).length;
