// Only reads the file and throws the bytes away: what no parser can beat. kind: "slices" in 1 or 2 workers, or "stream".
let workers = [];
let options;

const SOURCE = `onmessage = async ({ data: { file, kind, size, ahead } }) => {
  let total = 0;
  if (kind === 'stream') {
    for (const reader = file.stream().getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
    }
  } else {
    const queue = [];
    let asked = 0;
    const ask = () => { if (asked < file.size) { queue.push(file.slice(asked, asked + size).arrayBuffer()); asked += size; } };
    for (let i = 0; i < ahead; i++) ask();
    while (queue.length) { total += (await queue.shift()).byteLength; ask(); }
  }
  postMessage(total);
}`;

export async function init(given) {
  options = { kind: 'slices', workers: 2, size: 32 << 20, ahead: 3, ...given };
  const url = URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }));
  workers = Array.from({ length: Number(options.workers) }, () => new Worker(url));
}

export async function run(file) {
  const n = workers.length;
  const totals = await Promise.all(workers.map((worker, i) => new Promise((resolve) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.postMessage({ file: file.slice(Math.floor((file.size * i) / n), Math.floor((file.size * (i + 1)) / n)), kind: options.kind, size: Number(options.size), ahead: Number(options.ahead) });
  })));
  if (totals.reduce((a, b) => a + b, 0) !== file.size) throw new Error('not the whole file was read');
  return null;
}
