// A pasted text as a table: tabs as from a spreadsheet, semicolons or commas as from a file.

/**
 * One cell alone is no table: it is left to the field.
 * @param {string} text
 * @param {(text: string) => boolean} isNumber
 * @returns {string[][]|null}
 */
export function pastedTable(text, isNumber) {
  const body = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  if (!/[\t\n]/.test(body)) return null;
  const lines = body.split('\n');
  const delimiter = body.includes('\t') ? '\t' : lines.every((line) => isNumber(line)) ? '' : body.includes(';') ? ';' : ',';
  const rows = delimiter ? split(body, delimiter) : lines.map((line) => [line]);
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, i) => (row[i] ?? '').trim()));
}

/** RFC 4180. @param {string} text @param {string} delimiter */
function split(text, delimiter) {
  /** @type {string[][]} */
  const rows = [[]];
  let cell = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inside) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[i++];
      else inside = false;
    } else if (c === '"' && cell === '') inside = true;
    else if (c === delimiter || c === '\n') {
      rows[rows.length - 1].push(cell);
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  rows[rows.length - 1].push(cell);
  return rows;
}

/** Rows become columns. @param {string[][]} rows */
export const turned = (rows) => (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
