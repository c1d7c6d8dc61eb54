// Writes bytes as text for web/engine/byte-text.js: printable characters only, that compress well.

/** ASCII without what could end or confuse a script element. 94 characters. */
const PLAIN = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).filter((c) => c !== '<' && c !== '&');

/** Letters of two bytes in UTF-8 and of scripts written from left to right, which no Unicode normalisation changes. */
const LETTERS = Array.from({ length: 0x590 - 0x400 }, (_, i) => String.fromCharCode(0x400 + i))
  .filter((c) => /^\p{L}$/u.test(c) && ['NFC', 'NFD', 'NFKC', 'NFKD'].every((form) => c.normalize(form) === c));

/**
 * The character of each byte. The bytes that occur most get one byte of UTF-8, as themselves where they are printable, so
 * that words stay words; the others get letters, in order.
 * @param {Uint8Array} bytes
 */
function alphabetFor(bytes) {
  const uses = new Uint32Array(256);
  for (const byte of bytes) uses[byte] = (uses[byte] ?? 0) + 1;
  const order = Array.from(uses.keys()).sort((a, b) => (uses[b] ?? 0) - (uses[a] ?? 0) || a - b);
  const often = order.slice(0, PLAIN.length).sort((a, b) => a - b);
  const seldom = order.slice(PLAIN.length).sort((a, b) => a - b);
  /** @type {string[]} */
  const alphabet = [];
  const own = new Set(often.map((byte) => String.fromCharCode(byte)));
  const free = PLAIN.filter((c) => !own.has(c));
  for (const byte of often) alphabet[byte] = PLAIN.includes(String.fromCharCode(byte)) ? String.fromCharCode(byte) : /** @type {string} */ (free.shift());
  seldom.forEach((byte, i) => { alphabet[byte] = /** @type {string} */ (LETTERS[i]); });
  return alphabet;
}

/**
 * The text may be trimmed by whoever stores it: it begins and ends with no white space, or this throws.
 * @param {Uint8Array} bytes
 */
export function byteText(bytes) {
  const alphabet = alphabetFor(bytes);
  const text = Array.from(bytes, (byte) => alphabet[byte]).join('') + alphabet.join('');
  if (text !== text.trim() || alphabet.length !== 256 || new Set(alphabet).size !== 256) throw new Error('no alphabet for these bytes');
  return text;
}
