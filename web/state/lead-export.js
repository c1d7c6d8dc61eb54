// Leads with their points as CSV: all of them, most points first, with what each rule gave.
import { download, toCsv } from '../export/csv.js';
import { bandLetter, ruleName } from '../export/points-file.js';
import { t } from '../i18n/translate.js';

/**
 * @param {any} points of the engine's answer
 * @param {string[]} ids
 * @param {import('../export/points-file.js').Rule[]} rules
 * @param {import('./app-state.js').Card[]} files
 */
export function exportLeads(points, ids, rules, files) {
  const names = new Map(files.map(({ file, name }) => [file, name]));
  const head = ['lead', 'account', 'points', 'band', 'state', 'created', 'file', 'record'].map((column) => t(`analysis.scoring.list.column.${column}`));
  const rows = points.list.map((/** @type {any} */ lead, /** @type {number} */ index) => {
    const by = new Map(lead.by);
    return [ids[index] ?? '', lead.account, lead.points, bandLetter(lead.band), t(`analysis.scoring.state.${lead.state}`), lead.created, names.get(lead.file) ?? '', lead.record, ...rules.map((_, rule) => by.get(rule) ?? 0)];
  });
  download(t('analysis.scoring.list.file'), toCsv([[...head, ...rules.map(ruleName)], ...rows]));
}
