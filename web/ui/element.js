// What all elements share: light DOM, so that one stylesheet, labels and print rules reach everywhere; and how they ask for something.
import { LitElement } from 'lit';

export class KpiElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/**
 * Asks for something; whoever owns the state answers.
 * @param {EventTarget} from
 * @param {import('../state/controller.js').Action} action
 */
export function ask(from, action) {
  from.dispatchEvent(new CustomEvent('kpi-action', { detail: action, bubbles: true, composed: true }));
}
