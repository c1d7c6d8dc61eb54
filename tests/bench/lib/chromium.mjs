// A fresh headless Chromium with a fresh profile, driven by the DevTools protocol; what its processes use, out of /proc.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--remote-debugging-port=0'];
export const PROGRAM = process.env.KPI_CHROMIUM ?? '/usr/bin/chromium';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

class Connection {
  #socket;
  #last = 0;
  #waiting = new Map();
  #listeners = [];

  static async open(address) {
    const connection = new Connection();
    const socket = connection.#socket = new WebSocket(address);
    await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = () => reject(new Error('no connection to the browser')); });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.id === undefined) connection.#listeners.forEach((listener) => listener(message));
      const waiting = connection.#waiting.get(message.id);
      connection.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(message.error.message));
      else waiting?.resolve(message.result);
    };
    return connection;
  }

  send(method, params = {}, sessionId = undefined) {
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  listen(listener) { this.#listeners.push(listener); }
}

/** Opens the browser on an empty page. */
export async function openChromium() {
  const profile = mkdtempSync(join(tmpdir(), 'kpi-bench-'));
  const process_ = spawn(PROGRAM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    process_.stderr.on('data', (data) => {
      text += data;
      const found = /ws:\/\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    process_.on('exit', () => reject(new Error('Chromium did not start')));
    setTimeout(() => reject(new Error('Chromium does not answer')), 30000).unref();
  });
  const connection = await Connection.open(address);
  const { targetInfos } = await connection.send('Target.getTargets');
  const { targetId } = targetInfos.find((target) => target.type === 'page');
  const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => connection.send(method, params, sessionId);
  const troubles = [];
  connection.listen(({ method, params }) => {
    if (method === 'Runtime.exceptionThrown') troubles.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Inspector.targetCrashed') troubles.push('the page crashed');
    if (method === 'Log.entryAdded' && params.entry.level === 'error') troubles.push(params.entry.text);
  });
  await Promise.all([send('Page.enable'), send('Runtime.enable'), send('Inspector.enable'), send('Log.enable'), send('DOM.enable')]);
  return {
    troubles,
    beforeScripts: (source) => send('Page.addScriptToEvaluateOnNewDocument', { source }),
    goto: (url) => send('Page.navigate', { url }),
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async chooseFile(selector, path) {
      const { root } = await send('DOM.getDocument', { depth: -1 });
      const { nodeId } = await send('DOM.querySelector', { nodeId: root.nodeId, selector });
      if (!nodeId) throw new Error(`no ${selector} in the page`);
      await send('DOM.setFileInputFiles', { nodeId, files: [path] });
    },
    /** Proportional set size of all its processes, MB. */
    pss: () => tree(process_.pid).reduce((sum, pid) => sum + pssOf(pid), 0) / 1024,
    /** User and system time of all its processes, ms. */
    cpu: () => tree(process_.pid).reduce((sum, pid) => sum + cpuOf(pid), 0),
    async close() {
      const pids = tree(process_.pid);
      process_.kill('SIGTERM');
      await sleep(400);
      for (const pid of pids) if (existsSync(`/proc/${pid}`)) try { process.kill(pid, 'SIGKILL'); } catch { /* it ended by itself */ }
      await sleep(200);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const statOf = (pid) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};

function tree(root) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : null;
    if (stat) children.set(stat[1], [...(children.get(stat[1]) ?? []), name]);
  }
  const found = [];
  const left = [String(root)];
  while (left.length > 0) {
    const pid = left.pop();
    found.push(Number(pid));
    left.push(...(children.get(pid) ?? []));
  }
  return found;
}

function pssOf(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function cpuOf(pid) {
  const stat = statOf(pid);
  return stat ? (Number(stat[11]) + Number(stat[12])) * 10 : 0;
}
