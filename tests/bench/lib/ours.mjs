// How the built page is watched: a script that runs before the page's own and listens to its worker, changing nothing.

/** The view that the job asks for: by channel and month. */
export const VIEW = '#channels?g=month&by=channel';

/** Another view of the same data, asked for when the first one is on the screen: one quarter of one channel's leads. */
export const OTHER_VIEW = '#channels?g=week&by=channel&p=2023-04-01..2023-06-30&f=channel~paid_search';

// Times are milliseconds since the navigation. chosen: the file is in the input; answered: the report by channel and month has arrived;
// shown: two frames later, when it is on the screen. change(): what OTHER_VIEW takes, and how often the file was read for it.
export const WATCH = `(() => {
  const seen = window.bench = { ready: null, chosen: null, card: null, answered: null, shown: null, report: null, failure: null, reads: 0 };
  const onScreen = (then) => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
  let onReport = (text) => {
    seen.answered = performance.now();
    seen.report = text;
    onScreen((now) => { seen.shown = now; });
  };
  const hear = ({ data }) => {
    const now = performance.now();
    if (data.type === 'ready') seen.ready ??= now;
    if (data.type === 'trap') seen.failure = data.message;
    if (data.type !== 'answer' || seen.chosen === null) return;
    if (data.text.startsWith('{"ok":false')) seen.failure = data.text;
    if (data.text.includes('"card":')) seen.card ??= now;
    if (seen.card === null || !data.text.includes('"dimension":"channel","members"')) return;
    onReport?.(data.text);
    onReport = null;
  };
  window.change = (hash) => new Promise((resolve) => {
    const started = performance.now(), reads = seen.reads;
    onReport = () => onScreen((now) => resolve({ ms: now - started, reads: seen.reads - reads }));
    location.hash = hash;
  });
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    constructor(url, options) {
      super(url, options);
      this.addEventListener('message', hear);
    }
    postMessage(message, transfer) {
      if (message.type === 'load') seen.reads += 1;
      super.postMessage(message, transfer);
    }
  };
  document.addEventListener('change', (event) => { if (event.target?.type === 'file') seen.chosen ??= performance.now(); }, true);
})()`;
