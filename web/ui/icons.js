// Line icons on a 16 px grid, decorative: the text beside them says what they mean.
import { html, svg } from 'lit';

/** @type {Record<string, string>} */
const PATHS = {
  overview: 'M2.5 2.5h4.5v6h-4.5zM9 2.5h4.5v3.5h-4.5zM9 8h4.5v5.5h-4.5zM2.5 10.5h4.5v3h-4.5z',
  channels: 'M2 3.5h12M2 8h12M2 12.5h12M6 3.5v9',
  plan: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 8l5.5-5.5',
  analysis: 'M2.5 2v11.5H14M5 11l2.5-4 2.5 2L13.5 4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  data: 'M13.5 4c0 1.1-2.5 2-5.5 2s-5.5-.9-5.5-2 2.5-2 5.5-2 5.5.9 5.5 2zM2.5 4v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  period: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3',
  compare: 'M2 11l4-4 3 2.5L14 4M10.5 4H14v3.5',
  filter: 'M2 3.5h12L9.5 9v4.5l-3-1.5V9z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7L14 14',
  export: 'M8 2v8M4.5 6.5L8 10l3.5-3.5M2.5 13.5h11',
  settings: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M9 3v3h3V3zM4 10v3h3v-3z',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  down: 'M4 6l4 4 4-4',
  file: 'M9.5 1.5h-6v13h9v-10zM9.5 1.5v3h3',
  drop: 'M8 10.5V2.5M5 5.5l3-3 3 3M2.5 9.5v4h11v-4',
  paste: 'M5.5 3h-2v11h9V3h-2M5.5 2h5v2.5h-5zM6 8h4M6 11h4',
  totals: 'M2.5 2.5h11v11h-11zM2.5 6h11M6 2.5v11M8.5 9.8h2.5M8.5 11.6h2.5',
  undo: 'M3 6.5h7a3.2 3.2 0 0 1 0 6.5H6M5.5 3.5L2.5 6.5l3 3',
  sample: 'M2.5 13.5v-5h3v5zM6.5 13.5v-8h3v8zM10.5 13.5v-11h3v11z',
  lock: 'M3.5 7h9v7h-9zM5.5 7V4.5a2.5 2.5 0 0 1 5 0V7',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5V10M8 11.8v.2',
  info: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.5v3.5M8 5v.2',
  question: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM6 6.2a2 2 0 1 1 2.8 1.8c-.5.3-.8.6-.8 1.2M8 11.3v.2',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9',
  up: 'M4 10l4-4 4 4',
  target: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 8v.2',
  met: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM5 8.2l2.2 2.2L11 6',
  near: 'M8 1.5L14.5 8 8 14.5 1.5 8zM5.3 8.6c.9-1.4 1.8-1.4 2.7-.6s1.8.8 2.7-.6',
  missed: 'M2.5 2.5h11v11h-11zM5.5 5.5l5 5M10.5 5.5l-5 5',
};

/** @param {keyof typeof PATHS & string} name */
export function icon(name) {
  return html`<svg class="kpi-icon" viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${PATHS[name]}></path>`}</svg>`;
}

/** The mark: a funnel made of three bars. */
export const brandMark = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  ${svg`<rect width="24" height="24" rx="6" fill="var(--kpi-accent)"></rect>
  <path d="M5 7.5h14M7.5 12h9M10.5 16.5h3" stroke="var(--kpi-on-accent)" stroke-width="2.4" stroke-linecap="round"></path>`}</svg>`;
