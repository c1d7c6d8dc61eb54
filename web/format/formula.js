// Formulas as people read and write them.

const PLAIN = /** @type {Record<string, string>} */ ({ '\u00d7': '*', '\u00b7': '*', '\u00f7': '/', '\u2212': '-', '\u2013': '-' });
const SHOWN = /** @type {Record<string, string>} */ ({ '*': '\u00d7', '/': '\u00f7', '-': '\u2212', '+?': '+' });

/** Signs as the engine knows them, one for one, so that positions stay. @param {string} formula */
export const plainFormula = (formula) => formula.replace(/[\u00d7\u00b7\u00f7\u2212\u2013]/g, (sign) => PLAIN[sign]);

/** "media_spend / won_deals" -> "Media spend \u00f7 Won deals". @param {string} formula @param {(id: string) => string} nameOf */
export const inWords = (formula, nameOf) => plainFormula(formula).replace(/[a-z_][a-z0-9_]*|\+\?|[*/-]/g, (part) => (Object.hasOwn(SHOWN, part) ? SHOWN[part] : nameOf(part)));
