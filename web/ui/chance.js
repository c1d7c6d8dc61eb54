// A p-value in words that do not claim more digits than it has.
import { html, nothing } from 'lit';
import { formatCount, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';

/** @param {number|null|undefined} p */
export function chance(p) {
  if (p === null || p === undefined) return formatCount(NaN);
  return p < 0.001 ? t('analysis.experiments.p_tiny') : formatValue(p, 'number', '', 'exact');
}

/** What is said of a difference that its number of sister tests takes away again. @param {{p: number|null, p_of_many: number|null}} one @param {{alpha: number}} result */
export const amongMany = ({ p, p_of_many: all }, { alpha }) => (p !== null && all !== null && p <= alpha && all > alpha ? html`<span data-testid="among-many">${t('analysis.experiments.among_many', { p: chance(all) })}</span>` : nothing);
