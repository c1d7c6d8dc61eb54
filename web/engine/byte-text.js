// Bytes that are embedded in the page as text: a character for each byte, then the 256 characters that stand for bytes 0 to 255.
// Why this and not base64: web/README.md.

const ALPHABET = 256;

/**
 * White space around the text does not count. Errors: throws where a character is none of the alphabet.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
  const all = text.trim();
  const count = all.length - ALPHABET;
  const byteOf = new Int16Array(65536).fill(-1);
  for (let byte = 0; byte < ALPHABET; byte++) byteOf[all.charCodeAt(count + byte)] = byte;
  const bytes = new Uint8Array(Math.max(count, 0));
  let found = 0;
  for (let i = 0; i < count; i++) {
    const byte = byteOf[all.charCodeAt(i)];
    found |= byte;  // stays negative after the first -1
    bytes[i] = byte;
  }
  if (count < 0 || found < 0) throw new RangeError('damaged');
  return bytes;
}
