// The peers' page: ?peer=NAME&where=worker|page&options=JSON. ready: when the peer can start; runOnce: from the chosen file to the result.
const query = new URLSearchParams(location.search);
const peer = query.get('peer');
const options = JSON.parse(query.get('options') ?? '{}');
let run;

async function start() {
  if (query.get('where') === 'page') {
    const module = await import(`/build/bench/${peer}.js`);
    await module.init(options);
    run = module.run;
  } else {
    const worker = new Worker('/build/bench/worker.js', { type: 'module' });
    const ask = (message) => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(message);
    });
    await ask({ peer, options });
    run = (file) => ask({ file });
  }
  return performance.now();
}

window.bench = {
  ready: start(),
  async runOnce() {
    const file = document.querySelector('input').files[0];
    const started = performance.now();
    const result = await run(file);
    return { ms: performance.now() - started, result };
  },
};
