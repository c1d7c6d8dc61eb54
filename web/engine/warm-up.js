// Runs the engine once over made-up rows while the page waits for a file. Browsers compile a module quickly at first, and well only what has
// run for a while: without this, a user's first file is read and reported by the slow code, half as fast.

/** @typedef {import('kpi-core').KpiCore} KpiCore */

const QUIET_MS = 60;
const BLOCKS = 12, BLOCK_ROWS = 1024, REPORTS = 3;
const HEADER = 'lead id,email,company,country,channel,campaign,created at,mql at,sql at,closed at,lead stage,won,amount,lead score,owner\n';

/**
 * To be told of each message that the worker hears. Warms up once nothing was heard for a moment, stops when something is, and never
 * starts after a file has come.
 * @param {() => Promise<KpiCore>} makeCore  a core of its own, so that nothing of this reaches the user's
 * @returns {(type: string) => void}
 */
export function warmUpWhenQuiet(makeCore) {
  let heard = 0;
  let isDone = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  return (type) => {
    const at = ++heard;
    clearTimeout(timer);
    isDone ||= type === 'load';
    if (isDone) return;
    timer = setTimeout(async () => {
      try {
        if (await warmUp(await makeCore(), () => heard === at)) isDone = true;
      } catch { isDone = true; }  // a warm-up that fails is no loss, and would fail again
    }, QUIET_MS);
  };
}

/**
 * @param {KpiCore} core
 * @param {() => boolean} isWanted asked before each step
 * @returns {Promise<boolean>} whether it came to its end
 */
export async function warmUp(core, isWanted) {
  /** @param {string} method @param {unknown} request */
  const ask = (method, request) => {
    const answer = JSON.parse(core.call(method, JSON.stringify(request)));
    if (!answer.ok) throw new Error(`warm-up: ${method}: ${answer.error.code}`);
    return answer.result;
  };
  const rows = new TextEncoder().encode(block());
  let file = 0;
  /** @param {Uint8Array} bytes */
  const put = (bytes) => {
    core.reserve(file, bytes.length).set(bytes);
    core.commit(file, bytes.length);
  };
  const steps = [
    () => { ({ file } = ask('open', { name: 'warm-up.csv', size: rows.length * BLOCKS })); },
    () => put(new TextEncoder().encode(HEADER)),
    ...Array.from({ length: BLOCKS }, () => () => put(rows)),
    () => ask('finish', { file }),
    ...Array.from({ length: REPORTS }, () => () => ask('report', { grain: 'month', group_by: 'channel' })),
  ];
  for (const step of steps) {
    await nextTurn();
    if (!isWanted()) return false;
    step();
  }
  return true;
}

/** Rows in all shapes that the readers tell apart: filled and empty, quoted and plain, with and without a time of day. */
function block() {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  let text = '';
  for (let i = 0; i < BLOCK_ROWS; i++) {
    const day = `202${i % 3}-${two(1 + i % 12)}-${two(1 + i % 28)}`;
    const later = i % 3 ? `${day}T1${i % 10}:30:00Z` : '';
    text += `L-${i},p${i}@example.com,"Company ${i % 300}, Ltd",C${i % 9},Channel ${i % 8},Campaign ${i % 200},${day}T09:15:00Z,${later},${i % 4 ? '' : day},`
      + `${later},${i % 2 ? 'MQL' : 'SQL'},${['', 'true', 'false'][i % 3]},${i % 5 ? '' : `${i}.50`},${i % 90},owner ${i % 20}\n`;
  }
  return text;
}

/** Lets messages in; timers would wait 4 ms each. */
const nextTurn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    done(undefined);
  };
  port2.postMessage(null);
});
