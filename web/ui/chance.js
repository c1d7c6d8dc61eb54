// A p-value in words that do not claim more digits than it has.
import { formatCount, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';

/** @param {number|null|undefined} p */
export function chance(p) {
  if (p === null || p === undefined) return formatCount(NaN);
  return p < 0.001 ? t('analysis.experiments.p_tiny') : formatValue(p, 'number', '', 'exact');
}
