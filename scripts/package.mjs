// Puts the release together in dist, from build/page/index.html and what only a hosted folder can carry (web/hosted).
//
//   b2b-kpi-VERSION.html          opens by double click, or from any static host
//   b2b-kpi-VERSION-hosted.zip    the same page with a service worker, manifest and icons, for a folder of a web server
//   SHA256SUMS
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hostedFiles } from './lib/hosted.mjs';
import { zip } from './lib/zip.mjs';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'dist');
const version = /project\([^)]*VERSION (\d+\.\d+\.\d+)/.exec(readFileSync(join(root, 'CMakeLists.txt'), 'utf8'))?.[1];
if (!version) throw new Error('CMakeLists.txt: no version');

const page = readFileSync(join(root, 'build/page/index.html'));
const hosted = hostedFiles(root, page);

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'hosted'), { recursive: true });
const name = `b2b-kpi-${version}`;
const made = [
  { name: `${name}.html`, bytes: page },
  { name: `${name}-hosted.zip`, bytes: zip(hosted.map((file) => ({ ...file, name: `${name}/${file.name}` }))) },
];
for (const { name: file, bytes } of made) writeFileSync(join(out, file), bytes);
for (const { name: file, bytes } of hosted) {
  mkdirSync(join(out, 'hosted', file, '..'), { recursive: true });
  writeFileSync(join(out, 'hosted', file), bytes);
}
const sums = made.map(({ name: file, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`).join('');
writeFileSync(join(out, 'SHA256SUMS'), sums);
process.stdout.write(sums);
