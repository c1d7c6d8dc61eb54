// Files that are not tables are named for what they are; the right one beside them still loads.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const utf16 = (/** @type {string} */ text) => Buffer.from(text, 'utf16le');
/** An OLE container of three sectors: header, allocation table, directory with this entry. @param {string} entry */
function container(entry) {
  const bytes = Buffer.alloc(4096);
  Buffer.from(OLE).copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  utf16('Root Entry').copy(bytes, 1024);
  bytes.writeUInt16LE(22, 1024 + 64);
  utf16(entry).copy(bytes, 1024 + 128);
  bytes.writeUInt16LE(2 * entry.length + 2, 1024 + 128 + 64);
  return bytes;
}

const WRONG = /** @type {const} */ ([
  ['empty.csv', Buffer.alloc(0), 'file_empty'],
  ['header.csv', Buffer.from('Lead ID,Created At,Lead Source\n'), 'file_header_only'],
  ['photo.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]), 'file_is_image'],
  ['old.csv', container('Workbook'), 'file_is_xls'],
  ['secret.csv', container('EncryptedPackage'), 'file_is_encrypted'],
]);

for (const name of NAMES) {
  test(`${name}: wrong files say what they are`, { timeout: 180_000 }, () => visit(name, 'file', async (app) => {
    const folder = mkdtempSync(join(tmpdir(), 'kpi-wrong-'));
    try {
      for (const [file, content, code] of WRONG) {
        writeFileSync(join(folder, file), content);
        await app.addFiles([join(folder, file)]);
        assert.equal((await app.messages()).at(-1), code, file);
      }
      const good = join(folder, 'leads.csv');
      writeFileSync(good, 'Lead ID,Created At,Lead Source\nL1,2024-01-15,Email\nL2,2024-02-20,Webinar\nL3,2024-02-21,Email\n');
      await app.addFiles([good]);
      assert.equal((await app.values())['new_leads'], 3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }));
}
