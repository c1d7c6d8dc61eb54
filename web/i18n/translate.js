// Texts by key, with {placeholders} and plurals. A missing text shows its key: ugly, visible, and a test fails on it.

/** @typedef {string|{[key: string]: Texts}} Texts */

/** @type {Texts} */
let texts = {};
/** @type {Texts} */
let ownTexts = {};
let plurals = new Intl.PluralRules('en');

/**
 * @param {string} language
 * @param {Texts} messages
 */
export function setTexts(language, messages) {
  texts = messages;
  plurals = new Intl.PluralRules(language);
}

/** Texts that the user wrote, under keys as in a language file; that one comes first. @param {Texts} messages */
export function setOwnTexts(messages) {
  ownTexts = messages;
}

/** @param {string} key @returns {Texts|undefined} */
const find = (key) => within(texts, key) ?? within(ownTexts, key);

/** @param {Texts} all @param {string} key @returns {Texts|undefined} */
function within(all, key) {
  /** @type {Texts|undefined} */
  let node = all;
  for (const part of key.split('.')) {
    if (typeof node !== 'object' || !Object.hasOwn(node, part)) return undefined;
    node = node[part];
  }
  return node;
}

/** @param {string} key */
export function hasText(key) {
  return find(key) !== undefined;
}

/** The keys under `key`, in the order of the language file. @param {string} key */
export function keysOf(key) {
  const node = find(key);
  return typeof node === 'object' ? Object.keys(node) : [];
}

/**
 * The text of `key`; `{count}` also chooses the plural form.
 * Example: t('rows', {count: 1}) with {"rows": {"one": "{count} row", "other": "{count} rows"}} gives "1 row".
 * @param {string} key
 * @param {Record<string, string|number>} [args] a number is only for choosing the form: pass `{shown}` texts through format/
 */
export function t(key, args = {}) {
  let node = find(key);
  if (typeof node === 'object') node = node[plurals.select(Number(args.count ?? 0))] ?? node.other;
  if (typeof node !== 'string') return key;
  return node.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(args, name) ? String(args[name]) : whole));
}

/**
 * The first key that has a text, else `fallback` as it stands (a user's own word).
 * @param {string} key
 * @param {string} fallback
 */
export function textOr(key, fallback) {
  return hasText(key) ? t(key) : fallback;
}
