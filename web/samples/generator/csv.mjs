/** @param {string | number | null | undefined} value @returns {string} one cell, quoted where RFC 4180 asks for it */
const cell = (value) => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * @param {(string | number | null | undefined)[][]} rows
 * @param {string} end of each line
 */
export const formatCsv = (rows, end = '\n') => rows.map((row) => row.map(cell).join(',') + end).join('');

/** @param {number} value @param {number} digits after the point @returns {string} "1,234.50" */
export const withThousands = (value, digits = 0) => {
  const [whole, fraction] = value.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};
