// How large the page may be: bytes after brotli, as a server sends it. The aim is 204,800; it only ever goes down.
import { brotliCompressSync, constants } from 'node:zlib';

export const PAGE_BUDGET = 215_000;

/** @param {string} text */
export const brotliBytes = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }).length;
