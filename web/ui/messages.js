// What went wrong: what happened, what it means, what to do.
import { html, nothing } from 'lit';
import { hasText, t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { shownArgs } from './names.js';

const CALM = ['engine_restarted', 'forgotten', 'cancelled'];

class KpiMessages extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const stopped = state.engine === 'failed' ? this.#message('engine_not_started', {}, '', null) : nothing;
    const notice = state.notice ? this.#message(state.notice.code, state.notice.args, '', () => ask(this, { type: 'dismiss_notice' })) : nothing;
    return html`<div class="kpi-messages" role="alert">${stopped}${notice}
      ${state.failures.map((one) => this.#message(one.code, one.args, one.name, () => ask(this, { type: 'dismiss_failure', id: one.id })))}</div>`;
  }

  /** @param {string} code @param {Record<string, unknown>} args @param {string} file @param {(() => void)|null} dismiss */
  #message(code, args, file, dismiss) {
    const known = hasText(`code.${code}.title`) ? code : 'engine_stopped';
    const shown = shownArgs(args);
    const calm = CALM.includes(known);
    return html`<div class="kpi-message ${calm ? 'is-info' : ''}" data-testid="message" data-code=${code}>${icon(calm ? 'info' : 'warning')}
      <div><strong>${file ? html`<bdi>${file}</bdi>: ` : nothing}${t(`code.${known}.title`, shown)}</strong>
        <p>${t(`code.${known}.meaning`, shown)} ${t(`code.${known}.action`, shown)}</p></div>
      ${dismiss ? html`<button type="button" class="kpi-button is-quiet is-icon is-small" aria-label=${t('action.dismiss')} @click=${dismiss}>${icon('close')}</button>` : nothing}</div>`;
  }
}

customElements.define('kpi-messages', KpiMessages);
