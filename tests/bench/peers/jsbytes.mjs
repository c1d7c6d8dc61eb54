// Hand-written JavaScript over bytes for this one file shape: what a page could do at best without WebAssembly.
import { AT, dayNumber, finishChannel } from '../lib/job.mjs';
import { byteSlices } from '../lib/source.mjs';

const QUOTE = 34, COMMA = 44, NEWLINE = 10, POINT = 46;

export async function init() {}

export async function run(file) {
  const ids = new Map();
  const channels = [];
  const leadsByMonth = new Int32Array(12 * 3000), wonByMonth = new Int32Array(12 * 3000);
  const starts = new Int32Array(32);
  const decoder = new TextDecoder();
  let rest = new Uint8Array(0);
  let isHeader = true;

  const year = (b, p) => b[p] * 1000 + b[p + 1] * 100 + b[p + 2] * 10 + b[p + 3] - 53328;
  const two = (b, p) => b[p] * 10 + b[p + 1] - 528;
  const day = (b, p) => dayNumber(year(b, p), two(b, p + 5), two(b, p + 8));
  const isBlank = (column) => starts[column + 1] - starts[column] === 1;

  function addRow(b) {
    const from = starts[AT.channel], to = starts[AT.channel + 1] - 1;
    let hash = 0;
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + b[i]) | 0;
    let id = ids.get(hash);
    if (id === undefined) {
      id = channels.length;
      ids.set(hash, id);
      channels.push({ name: decoder.decode(b.subarray(from, to)), leads: 0, mqls: 0, sqls: 0, won: 0, lost: 0, cents: 0, days: [] });
    }
    const sums = channels[id];
    const created = starts[AT.created_at];
    sums.leads++;
    if (!isBlank(AT.mql_at)) sums.mqls++;
    if (!isBlank(AT.sql_at)) sums.sqls++;
    leadsByMonth[year(b, created) * 12 + two(b, created + 5) - 1]++;
    if (isBlank(AT.won)) return;
    if (b[starts[AT.won]] !== 116) { // not "true"
      sums.lost++;
      return;
    }
    const closed = starts[AT.closed_at];
    let cents = 0;
    for (let i = starts[AT.amount]; i < starts[AT.amount + 1] - 1; i++) if (b[i] !== POINT) cents = cents * 10 + b[i] - 48;
    sums.won++;
    sums.cents += cents;
    sums.days.push(day(b, closed) - day(b, created));
    wonByMonth[year(b, closed) * 12 + two(b, closed + 5) - 1]++;
  }

  for await (const slice of byteSlices(file, 4 << 20)) {
    let bytes = slice;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + slice.length);
      bytes.set(rest);
      bytes.set(slice, rest.length);
    }
    const end = bytes.length;
    let at = 0, record = 0, column = 0;
    starts[0] = 0;
    while (at < end) {
      let byte = bytes[at];
      if (byte === QUOTE) {
        for (at++; at < end; at++) {
          at = bytes.indexOf(QUOTE, at);
          if (at < 0) at = end;
          if (bytes[at + 1] !== QUOTE) break;
          at++;
        }
        at++;
        byte = bytes[at];
      } else while (byte !== COMMA && byte !== NEWLINE && at < end) byte = bytes[++at];
      if (at >= end) break;
      starts[++column] = ++at;
      if (byte === NEWLINE) {
        if (isHeader) isHeader = false;
        else addRow(bytes);
        record = at;
        column = 0;
        starts[0] = at;
      }
    }
    rest = bytes.slice(record);
  }
  const months = [];
  for (let i = 0; i < leadsByMonth.length; i++) {
    if (leadsByMonth[i] || wonByMonth[i]) months.push({ month: `${Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`, leads: leadsByMonth[i], won: wonByMonth[i] });
  }
  return { channels: channels.map((c) => finishChannel(c.name, { ...c, revenue: c.cents / 100 })), months };
}
