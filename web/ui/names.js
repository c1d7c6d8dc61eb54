// Names of things that come with an id: texts of the page, or the user's own words as they stand.
import { t, textOr } from '../i18n/translate.js';
import { formatCount } from '../format/format.js';

/** Which words a comparison takes: several periods or years back are just earlier. @param {import('../engine/protocol.js').ComparePeriod|null|undefined} compare @returns {string|null} */
export const compareWords = (compare) => (!compare ? null : (compare.back ?? 1) > 1 ? 'earlier' : compare.kind);

/** @param {string} id */
export const kpiName = (id) => textOr(`kpi.${id}.name`, id);
/** @param {string} id */
export const measureName = (id) => textOr(`measure.${id}.name`, textOr(`kpi.${id}.name`, id));
/** @param {string} id */
export const fieldName = (id) => textOr(`field.${id}.name`, id);
/** @param {string} id */
export const tableName = (id) => textOr(`table.${id}.name`, id);

/**
 * A member of a dimension: canonical channels have a name, blank rows too, all else is the user's own text.
 * @param {{key: string, canonical: boolean, label: string}} member
 */
export function memberName(member) {
  if (member.key === '') return t('member.none');
  return member.canonical ? textOr(`channel.${member.key}`, member.label) : member.label || member.key;
}

const USUAL = ['channel', 'source', 'medium', 'campaign', 'ad_group', 'keyword', 'segment', 'industry', 'product', 'product_series', 'country', 'region', 'owner', 'owner_team'];

/**
 * Dimensions as people ask for them: the usual ones first, the rest by name.
 * @template {{id: string}} D
 * @param {D[]} dimensions
 * @returns {D[]}
 */
export function inUsualOrder(dimensions) {
  const rank = (/** @type {D} */ one) => (USUAL.indexOf(one.id) < 0 ? USUAL.length : USUAL.indexOf(one.id));
  return [...dimensions].sort((a, b) => rank(a) - rank(b) || fieldName(a.id).localeCompare(fieldName(b.id)));
}

/**
 * Several names as the language joins them: "a, b and c".
 * @param {string[]} names
 */
export const listOf = (names) => new Intl.ListFormat('en', { type: 'conjunction' }).format(names);

/**
 * The ids that an undefined value or a failure carries, whatever shape the arguments have.
 * @param {unknown} args
 * @returns {string[]}
 */
export function idsOf(args) {
  if (Array.isArray(args)) return args.map(String);
  return args && typeof args === 'object' ? Object.values(args).flat().map(String) : [];
}

/**
 * Why there is no value, as a short phrase.
 * @param {import('../engine/protocol.js').NoValue} undef
 */
export function reasonTitle(undef) {
  return t(`undefined.${undef.code}.title`, { inputs: listOf(idsOf(undef.args).map(measureName)) });
}

/** @param {import('../engine/protocol.js').NoValue} undef */
export function reasonMeaning(undef) {
  return t(`undefined.${undef.code}.meaning`, { inputs: listOf(idsOf(undef.args).map(measureName)) });
}

/**
 * A diagnostic's or failure's arguments as texts: numbers formatted, ids named.
 * @param {Record<string, unknown>} args
 */
export function shownArgs(args) {
  /** @type {Record<string, string>} */
  const shown = {};
  for (const [name, value] of Object.entries(args ?? {})) {
    if (typeof value === 'number') shown[name] = formatCount(value);
    else if (name === 'delimiter' || name === 'encoding' || name === 'decimal' || name === 'order') shown[name] = textOr(`${name}.${value}`, String(value));
    else if (name === 'field') shown[name] = fieldName(String(value));
    else if (name === 'kpi') shown[name] = kpiName(String(value));
    else if (name === 'channel') shown[name] = textOr(`channel.${value}`, String(value));
    else if (Array.isArray(value)) shown[name] = listOf(value.map(String));
    else shown[name] = String(value ?? '');
  }
  return shown;
}
