// Optional split by channel: which channels there are, and whose figures the form shows.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { keysOf, t, textOr } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';

const MAX_CHANNELS = 30;

/** @param {string} channel */
export const channelName = (channel) => textOr(`channel.${channel}`, channel);

class KpiTotalsChannels extends KpiElement {
  static properties = { layout: { attribute: false }, form: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/typed.js').Layout|null} */ this.layout = null;
    /** @type {import('../state/typed-form.js').Form|null} */ this.form = null;
  }

  /** @param {SubmitEvent} event */
  #add(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (this.querySelector('[data-testid="channel-name"]'));
    const text = input.value.trim();
    const known = [...(this.layout?.channels ?? []), ...keysOf('channel')].find((id) => [id, channelName(id)].some((name) => name.toLowerCase() === text.toLowerCase()));
    if (text) ask(this, { type: 'figures_channel', name: known ?? text, on: true });
    input.value = '';
    input.focus();
  }

  render() {
    const { layout, form } = this;
    if (!layout || !form) return nothing;
    const { channels } = layout;
    const full = channels.length >= MAX_CHANNELS;
    const rest = keysOf('channel').filter((id) => !channels.includes(id));
    return html`<div class="kpi-typed-channels" role="group" aria-label=${t('totals.channel.title')}>
      ${channels.length ? html`<div class="kpi-typed-tabs">${this.#tab('')}${channels.map((one) => this.#tab(one))}</div>` : html`<p class="kpi-small kpi-muted">${t('totals.channel.help')}</p>`}
      <form class="kpi-row" @submit=${this.#add}><input class="kpi-input is-small" data-testid="channel-name" ?disabled=${full} list="typed-channels" maxlength="80" autocomplete="off" aria-label=${t('totals.channel.add')} placeholder=${t('totals.channel.example')}>
        <datalist id="typed-channels">${rest.map((id) => html`<option value=${channelName(id)}></option>`)}</datalist>
        <button class="kpi-button is-small" data-testid="channel-add" ?disabled=${full}>${icon('plus')}${t('totals.channel.go')}</button></form></div>`;
  }

  /** @param {string} channel "" = not split */
  #tab(channel) {
    const on = this.layout?.channel === channel;
    const count = this.form?.byChannel.get(channel) ?? 0;
    const name = channel ? channelName(channel) : t('totals.channel.all');
    return html`<span class="kpi-typed-tab ${on ? 'is-on' : ''}"><button type="button" data-testid="channel-tab" data-channel=${channel} aria-pressed=${on} @click=${() => ask(this, { type: 'figures_layout', change: { channel } })}>
        <bdi class="kpi-cut">${name}</bdi>${channel ? nothing : html` <small>${t('totals.channel.all_split')}</small>`}${count ? html` <span class="kpi-badge" aria-label=${t('totals.figures', { count, shown: formatCount(count) })}>${formatCount(count)}</span>` : nothing}</button>
      ${channel ? html`<button type="button" class="kpi-button is-quiet is-icon is-small" data-testid="channel-remove" data-channel=${channel} aria-label=${t('totals.channel.remove', { name })}
        @click=${() => ask(this, { type: 'figures_channel', name: channel, on: false })}>${icon('close')}</button>` : nothing}</span>`;
  }
}

customElements.define('kpi-totals-channels', KpiTotalsChannels);
