// A cell's target under its figure, where there is one.
import { html, nothing } from 'lit';
import { formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { isJudged, statusMark } from './target-line.js';

/** @param {import('../engine/protocol.js').ReportKpi} kpi @param {import('../engine/protocol.js').MemberTarget|import('../engine/protocol.js').Target|null} target */
export function memberTarget(kpi, target) {
  if (!target || !isJudged(target)) return nothing;
  const shown = formatValue(target.value, kpi.display, kpi.currency);
  const text = kpi.display === 'percent' || target.attainment === null ? t('board.cell', { target: shown }) : t('board.cell_share', { share: formatPercent(target.attainment), target: shown });
  return html`<span class="kpi-cell-aim" data-testid="cell-target" data-target=${target.value ?? nothing} data-attainment=${target.attainment ?? nothing}>${statusMark(target.status)} ${text}${target.by_days ? html` <abbr title=${t('board.cell_by_days')}>*</abbr>` : nothing}</span>`;
}
