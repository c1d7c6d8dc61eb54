// How far reading is, with a way to stop. The style shows it only after a quarter of a second.
import { html, nothing } from 'lit';
import { formatBytes, formatCount, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';

class KpiProgress extends KpiElement {
  static properties = { busy: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').Busy|null} */ this.busy = null;
  }

  render() {
    const { busy } = this;
    if (!busy) return nothing;
    const share = busy.total ? busy.done / busy.total : 0;
    return html`<div class="kpi-progress" role="group" aria-label=${t('progress.label')} data-testid="progress">
      <div class="kpi-progress-row"><strong class="kpi-cut" dir="auto">${busy.name}</strong>
        ${busy.count > 1 ? html`<span class="kpi-muted kpi-small">${t('progress.of', { index: formatCount(busy.index), count: busy.count, shown: formatCount(busy.count) })}</span>` : nothing}</div>
      <progress max="1" .value=${share} aria-label=${busy.name}></progress>
      <div class="kpi-progress-row"><span class="kpi-muted kpi-small kpi-figure">${formatPercent(share, 'axis')} · ${formatBytes(busy.total)}${busy.pass > 1 ? ` · ${t('progress.again')}` : ''}</span>
        <button type="button" class="kpi-button is-small" data-testid="cancel" @click=${() => ask(this, { type: 'cancel' })}>${t('action.cancel')}</button></div>
    </div>`;
  }
}

customElements.define('kpi-progress', KpiProgress);
