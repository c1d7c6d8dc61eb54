// CSV that Excel opens right (UTF-8 with BOM, CRLF) and that cannot run a formula taken from a file.

/**
 * Texts that a spreadsheet would take for a formula get an apostrophe in front; numbers stay numbers.
 * Example: toCsv([['name', 'n'], ['=cmd()', -1.5]]) gives "\ufeffname,n\r\n'=cmd(),-1.5\r\n".
 * @param {(string|number|null)[][]} rows
 */
export function toCsv(rows) {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** @param {string|number|null} value */
function cell(value) {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Offers `text` as a download. The name is ours, never a path from a file.
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function download(name, text, type = 'text/csv') {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\w.\- ]+/g, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
