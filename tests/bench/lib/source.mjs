// A chosen File as peers like it: byte chunks or text chunks, the next one read ahead.

/** @param {File} file @param {number} size of a slice */
export async function* byteSlices(file, size) {
  let next = file.slice(0, size).arrayBuffer();
  for (let at = 0; at < file.size; at += size) {
    const bytes = await next;
    if (at + size < file.size) next = file.slice(at + size, at + 2 * size).arrayBuffer();
    yield new Uint8Array(bytes);
  }
}

/** @param {File} file @param {number} size of a slice in bytes */
export async function* textSlices(file, size) {
  const decoder = new TextDecoder();
  for await (const bytes of byteSlices(file, size)) yield decoder.decode(bytes, { stream: true });
}
