// Draws web/hosted/icon.svg as a PNG: a rounded square and horizontal strokes with round ends, which is all that the mark has.
import { crc32, deflateSync } from 'node:zlib';

/** @param {string} name @param {Buffer} body */
function chunk(name, body) {
  const named = Buffer.concat([Buffer.from(name), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** @param {string} svg @param {string} name of an attribute */
const attribute = (svg, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(svg)?.[1] ?? '';
const rgb = (/** @type {string} */ hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/**
 * @param {string} svg
 * @param {number} size in pixels
 * @returns {Buffer} a PNG
 */
export function drawIcon(svg, size) {
  const edge = Number(attribute(svg, 'width'));
  const radius = Number(attribute(svg, 'rx'));
  const half = Number(attribute(svg, 'stroke-width')) / 2;
  const [ground, ink] = [rgb(attribute(svg, 'fill')), rgb(attribute(svg, 'stroke'))];
  const strokes = [...attribute(svg, 'd').matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)/g)].map((part) => part.slice(1).map(Number));
  if (strokes.length === 0 || !edge) throw new Error('icon.svg: not a rounded square with horizontal strokes');
  const unit = edge / size;
  // how much of a pixel lies within a shape, from its distance to the edge in pixels
  const cover = (/** @type {number} */ outside) => Math.min(1, Math.max(0, 0.5 - outside / unit));
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * unit, (row + 0.5) * unit];
      const [dx, dy] = [x, y].map((at) => Math.max(0, Math.abs(at - edge / 2) - (edge / 2 - radius)));
      const square = cover(Math.hypot(dx ?? 0, dy ?? 0) - radius);
      const stroke = Math.max(...strokes.map(([from = 0, level = 0, length = 0]) => cover(Math.hypot(Math.max(from - x, 0, x - from - length), y - level) - half)));
      const at = row * (1 + size * 4) + 1 + column * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = Math.round((ground[c] ?? 0) * (1 - stroke) + (ink[c] ?? 0) * stroke);
      rows[at + 3] = Math.round(255 * square);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6], 8); // eight bits of red, green, blue and alpha
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
