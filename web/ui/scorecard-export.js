// The scorecard as CSV: raw figures with their targets, so that a spreadsheet can calculate on.
import { download, toCsv } from '../export/csv.js';
import { t } from '../i18n/translate.js';
import { kpiName, reasonTitle } from './names.js';

const COLUMNS = ['name', 'id', 'value', 'unit', 'currency', 'reason', 'from', 'to', 'target', 'target_to', 'target_whole', 'attainment', 'difference', 'status', 'target_reason', 'owner', 'agreed_by', 'agreed_on', 'definition'];

/** @param {Pick<import('../state/app-state.js').AppState, 'report'|'board'>} state @param {import('../engine/protocol.js').ReportKpi[]} kpis @returns {(string|number|null)[][]} */
export function scorecardRows({ report, board }, kpis) {
  if (!report) return [];
  const head = [...COLUMNS.map((key) => t(`export.column.${key}`)), ...report.buckets.flatMap((bucket) => [bucket.label, t('board.bucket', { bucket: bucket.label })])];
  const rows = kpis.map((kpi) => {
    const { target } = kpi;
    const note = board.notes[kpi.id];
    return [kpiName(kpi.id), kpi.id, kpi.value, t(`display.${kpi.display}`), kpi.currency, kpi.undefined ? reasonTitle(kpi.undefined) : '', report.period.from, report.period.to,
      target?.value ?? null, target?.by_days ? target.to : null, target?.whole ?? null, target?.attainment ?? null, target?.difference ?? null, target ? t(`board.status.${target.status}`) : '',
      target?.undefined ? reasonTitle(target.undefined) : '', note?.owner || target?.owner || '', note?.by ?? '', note?.on ?? '', t(`kpi.${kpi.id}.definition`),
      ...report.buckets.flatMap((_, i) => [kpi.series[i] ?? null, kpi.target_series?.[i] ?? null])];
  });
  return [head, ...rows];
}

/** @param {import('../state/app-state.js').AppState} state @param {import('../engine/protocol.js').ReportKpi[]} kpis */
export function exportScorecard(state, kpis) {
  download(t('export.file.scorecard'), toCsv(scorecardRows(state, kpis)));
}
