// An empty file per table, with the column names that are recognised without a question.

/** @typedef {import('../engine/protocol.js').CatalogTable} CatalogTable */

/**
 * The header row alone, so that nothing made up is ever counted.
 * Example: templateCsv({id: 'products', fields: [{id: 'product'}, ...]}) gives "product,product_series,list_price,currency\r\n".
 * @param {{fields: {id: string}[]}} table
 */
export const templateCsv = (table) => `${table.fields.map((field) => field.id).join(',')}\r\n`;

/** @param {{id: string}} table */
export const templateName = (table) => `template-${table.id}.csv`;
