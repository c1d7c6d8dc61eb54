// What can be done with a KPI of the user: in its explanation and in the editor.
import { html } from 'lit';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';

/**
 * @param {EventTarget} from the element that asks
 * @param {string} id
 */
export function ownTools(from, id) {
  return html`<div class="kpi-row" role="group" aria-label=${t('own.tools')}>
    <button type="button" class="kpi-button" data-testid="own-edit" @click=${() => ask(from, { type: 'own_edit', id })}>${t('own.edit')}</button>
    <button type="button" class="kpi-button" data-testid="own-copy" @click=${() => ask(from, { type: 'own_edit', id, copy: true })}>${t('own.copy')}</button>
    <button type="button" class="kpi-button is-quiet" data-testid="own-remove" @click=${() => { ask(from, { type: 'close' }); ask(from, { type: 'own_remove', id }); }}>${t('own.remove')}</button></div>`;
}
