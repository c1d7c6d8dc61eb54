// KPIs whose name, other names or id hold every word of a text.
import { kpiName } from './names.js';

/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

/**
 * Those whose names start with the text come first, then those that have a value.
 * @param {string} text
 * @param {ReportKpi[]} kpis
 * @param {import('../engine/protocol.js').Catalog|null|undefined} catalog
 * @param {number} most
 */
export function findKpis(text, kpis, catalog, most) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const synonyms = new Map((catalog?.kpis ?? []).map((one) => [one.id, one.synonyms]));
  const scored = kpis.map((kpi) => {
    const name = kpiName(kpi.id).toLocaleLowerCase();
    const all = [name, kpi.id.replaceAll('_', ' '), ...(synonyms.get(kpi.id) ?? [])].join(' ').toLocaleLowerCase();
    const fits = words.every((word) => all.includes(word));
    return { kpi, score: fits ? (name.startsWith(words[0] ?? '') ? 2 : 1) + (kpi.value === null ? 0 : 0.5) : 0 };
  });
  return scored.filter((one) => one.score > 0).sort((a, b) => b.score - a.score).slice(0, most).map((one) => one.kpi);
}
