// WebKitGTK's MiniBrowser by WebDriver, on a display of its own. It stands in for Safari.
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const KEYS = /** @type {Record<string, string>} */ ({ Tab: '\ue004', Enter: '\ue007', Escape: '\ue00c', ArrowDown: '\ue015', ArrowUp: '\ue013', ArrowLeft: '\ue012', ArrowRight: '\ue014' });

const sleep = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/** A port that nobody listens on at this moment. @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });
}

/** Starts Xvfb on the first free display. */
async function openDisplay() {
  for (let number = 90; number < 130; number++) {
    if (existsSync(`/tmp/.X11-unix/X${number}`) || existsSync(`/tmp/.X${number}-lock`)) continue;
    const server = spawn('Xvfb', [`:${number}`, '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
    for (let tries = 0; tries < 100 && server.exitCode === null; tries++) {
      if (existsSync(`/tmp/.X11-unix/X${number}`)) return { name: `:${number}`, close: () => server.kill() };
      await sleep(100);
    }
    server.kill();
  }
  throw new Error('no display: is Xvfb installed?');
}

/** @returns {Promise<import('./driver.mjs').Browser>} */
export async function openWebKit() {
  const display = await openDisplay();
  const home = mkdtempSync(join(tmpdir(), 'kpi-webkit-'));
  const port = await freePort();
  const binary = process.env['KPI_MINIBROWSER'] ?? globSync('/usr/lib/*/webkit2gtk-4.1/MiniBrowser')[0];
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11', HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home,
      WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1', GIO_USE_VFS: 'local', GSETTINGS_BACKEND: 'memory', NO_AT_BRIDGE: '1',
      LANG: 'en_US.UTF-8', TZ: 'UTC',
    },
  });

  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  async function send(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, signal: AbortSignal.timeout(260_000), ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
    const { value } = /** @type {{value: any}} */ (await response.json());
    if (!response.ok) throw new Error(`webkit ${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  }
  async function started() {
    for (let tries = 0; tries < 100; tries++) {
      try { return await send('GET', '/status'); } catch { await sleep(100); }
    }
    throw new Error('WebKitWebDriver did not start');
  }
  /** @param {string} name */
  function close(name) {
    driver.kill();
    display.close();
    rmSync(name, { recursive: true, force: true, maxRetries: 5 });
  }

  let session = '';
  try {
    await started();
    const answer = await send('POST', '/session', { capabilities: { alwaysMatch: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      timeouts: { script: 240_000, pageLoad: 120_000 },
    } } });
    session = `/session/${answer.sessionId}`;
  } catch (error) {
    close(home);
    throw error;
  }
  /** @param {string} selector @returns {Promise<string>} */
  const find = async (selector) => (await send('POST', `${session}/element`, { using: 'css selector', value: selector }))[ELEMENT];
  /** @param {string} source @returns {Promise<any>} */
  async function evaluate(source) {
    const text = await send('POST', `${session}/execute/async`, {
      script: `const done = arguments[arguments.length - 1];
        Promise.resolve().then(() => (${source})).then((value) => done(JSON.stringify({ value })), (error) => done(JSON.stringify({ error: String(error) })));`,
      args: [],
    });
    const { value, error } = JSON.parse(text);
    if (error) throw new Error(`webkit: ${error}`);
    return value;
  }
  return {
    name: 'webkit',
    goto: (address) => send('POST', `${session}/url`, { url: address }),
    evaluate,
    async click(selector) {
      await evaluate(`document.querySelector(${JSON.stringify(selector)})?.scrollIntoView({ block: 'center' })`);
      await send('POST', `${session}/element/${await find(selector)}/click`, {});
    },
    async choose(selector, value) {
      const quoted = JSON.stringify(selector);
      const options = await evaluate(`[...(document.querySelector(${quoted}).options ?? [])].map((option) => option.value)`);
      if (options.length === 0) return void (await send('POST', `${session}/element/${await find(selector)}/value`, { text: value }));
      // MiniBrowser cannot pick from its native menu by WebDriver, so the page is told as a pick would tell it.
      await evaluate(`(() => { const select = document.querySelector(${quoted}); select.value = ${JSON.stringify(value)};
        select.dispatchEvent(new Event('input', { bubbles: true })); select.dispatchEvent(new Event('change', { bubbles: true })); })()`);
    },
    setFiles: async (selector, paths) => { await send('POST', `${session}/element/${await find(selector)}/value`, { text: paths.join('\n') }); },
    async press(key) {
      const value = KEYS[key] ?? key;
      await send('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }] });
    },
    intoFrame: async (selector) => { await send('POST', `${session}/frame`, { id: { [ELEMENT]: await find(selector) } }); },
    resize: (width, height) => send('POST', `${session}/window/rect`, { width, height }),
    requests: () => [],
    messages: () => [],
    async close() {
      try { await send('DELETE', session); } finally { close(home); }
    },
  };
}
