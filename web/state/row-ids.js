// The ids of rows out of their files: the engine keeps ids as numbers only, and says where each row stands.

/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {{file: number, offset: number}} Place */

const MOST_BYTES = 65536;   // of a record
const FEW = 200;            // so many rows are read one by one, more with the whole file
const MOST_FILE = 400 << 20;
const PLAIN = /^(utf-8|windows-125[12])$/;  // delimiters and line ends are one byte

/**
 * The text of a cell of the first record, without its quotes; null where the record does not reach so far.
 * @param {string} text @param {number} column @param {string} delimiter
 */
export function cellOf(text, column, delimiter) {
  let at = 0;
  for (let i = 0; ; i++) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] === '"' && text[at + 1] === '"') at++;
        else if (text[at] === '"') break;
        cell += text[at];
      }
      at++;
    }
    for (; at < text.length && !text.startsWith(delimiter, at) && text[at] !== '\n' && text[at] !== '\r'; at++) cell += text[at];
    if (i === column) return cell.trim();
    if (!text.startsWith(delimiter, at)) return null;
    at += delimiter.length;
  }
}

/**
 * The cell of the first of `fields` that the file has, as it stands there; '' where the file has none of them or cannot be read so.
 * @param {Place[]} rows
 * @param {string[]} fields such as ['lead_id', 'email']
 * @param {Card[]} cards
 * @param {(file: number) => Blob|null} blobOf
 */
export async function rowIds(rows, fields, cards, blobOf) {
  const ids = rows.map(() => '');
  for (const card of cards) {
    const mine = rows.map((row, index) => ({ ...row, index })).filter((row) => row.file === card.file);
    const column = fields.map((field) => card.columns.find((one) => one.field === field && one.applied)?.column).find((one) => one !== undefined);
    const blob = mine.length ? blobOf(card.file) : null;
    if (!blob || column === undefined || !PLAIN.test(card.encoding) || !card.delimiter) continue;
    const whole = mine.length > FEW && blob.size <= MOST_FILE ? new Uint8Array(await blob.arrayBuffer()) : null;
    const decoder = new TextDecoder(card.encoding);
    for (const { offset, index } of mine) {
      const bytes = whole ? whole.subarray(offset, offset + MOST_BYTES) : new Uint8Array(await blob.slice(offset, offset + MOST_BYTES).arrayBuffer());
      const end = bytes.indexOf(10);
      const line = decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
      // A quoted cell may hold a line break: then the whole piece is looked at.
      ids[index] = ((line.match(/"/g)?.length ?? 0) % 2 ? cellOf(decoder.decode(bytes), column, card.delimiter) : cellOf(line, column, card.delimiter)) ?? '';
    }
  }
  return ids;
}
