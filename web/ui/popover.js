// A button with a panel under it: the browser's own popover, so Escape and a click elsewhere close it.
import { html, nothing } from 'lit';

const GAP = 6;

/**
 * @param {string} id unique on the page
 * @param {{label: unknown, title: string, name?: string, className?: string}} button  `title` names the panel, `name` the button where its text is not enough
 * @param {unknown} content
 */
export function popover(id, button, content) {
  return html`<button type="button" class="kpi-button ${button.className ?? ''}" popovertarget=${id} aria-haspopup="dialog" aria-label=${button.name ?? nothing}
      data-testid=${id} @click=${/** @param {Event} event */ (event) => remember(id, /** @type {HTMLElement} */ (event.currentTarget))}>${button.label}</button>
    <div id=${id} popover class="kpi-panel" role="dialog" aria-label=${button.title} @toggle=${place}>${content}</div>`;
}

/** @type {Map<string, HTMLElement>} */
const anchors = new Map();

/** @param {string} id @param {HTMLElement} anchor */
function remember(id, anchor) {
  anchors.set(id, anchor);
}

/** Puts an opened panel under its button, inside the window. @param {Event} event */
function place(event) {
  const panel = /** @type {HTMLElement} */ (event.target);
  const anchor = anchors.get(panel.id);
  if (/** @type {ToggleEvent} */ (event).newState !== 'open' || !anchor) return;
  const box = anchor.getBoundingClientRect();
  const width = panel.offsetWidth;
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  panel.style.left = `${left}px`;
  panel.style.top = `${box.bottom + GAP}px`;
  /** @type {HTMLElement|null} */ (panel.querySelector('input:checked, input, select, button'))?.focus({ preventScroll: true });
}

/** Closes the panel that holds `inside`. @param {EventTarget|null} inside */
export function closePanel(inside) {
  const panel = /** @type {HTMLElement|null} */ (/** @type {Element|null} */ (inside)?.closest('[popover]') ?? null);
  if (panel?.matches(':popover-open')) panel.hidePopover();
}
