// How the built page is watched: a script that runs before the page's own and listens to its worker, changing nothing.

/** The view that the job asks for: by channel and month. */
export const VIEW = '#channels?g=month&by=channel';

// Times are milliseconds since the navigation. chosen: the file is in the input; answered: the report by channel and month has arrived;
// shown: two frames later, when it is on the screen.
export const WATCH = `(() => {
  const seen = window.bench = { ready: null, chosen: null, card: null, answered: null, shown: null, report: null, failure: null };
  const hear = ({ data }) => {
    const now = performance.now();
    if (data.type === 'ready') seen.ready ??= now;
    if (data.type === 'trap') seen.failure = data.message;
    if (data.type !== 'answer' || seen.chosen === null) return;
    if (data.text.startsWith('{"ok":false')) seen.failure = data.text;
    if (data.text.includes('"card":')) seen.card ??= now;
    if (seen.card === null || seen.report !== null || !data.text.includes('"dimension":"channel","members"')) return;
    seen.answered = now;
    seen.report = data.text;
    requestAnimationFrame(() => requestAnimationFrame(() => { seen.shown = performance.now(); }));
  };
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    constructor(url, options) {
      super(url, options);
      this.addEventListener('message', hear);
    }
  };
  document.addEventListener('change', (event) => { if (event.target?.type === 'file') seen.chosen ??= performance.now(); }, true);
})()`;
