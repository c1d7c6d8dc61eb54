// The Content-Security-Policy is in force in the built page: attempts to run text or to reach an address fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';

// Run from a timer, because what a driver evaluates itself is partly exempt from the policy.
const ATTEMPTS = (/** @type {string} */ address) => `new Promise((done) => setTimeout(async () => {
  const outcome = {};
  const violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
  const attempt = async (name, run) => { try { await run(); outcome[name] = 'allowed'; } catch (error) { outcome[name] = 'blocked'; } };
  const loaded = (element) => new Promise((yes, no) => { element.onload = yes; element.onerror = no; setTimeout(no, 2000); });
  await attempt('eval', () => (0, eval)('1 + 1'));
  await attempt('Function', () => new Function('return 1')());
  await attempt('markup', () => { document.createElement('div').innerHTML = '<b>x</b>'; });
  await attempt('script', async () => { const script = document.createElement('script'); script.textContent = 'globalThis.kpiInjected = 1'; document.head.append(script); if (!globalThis.kpiInjected) throw 0; });
  await attempt('policy', () => { trustedTypes.createPolicy('other', {}); });
  await attempt('worker', async () => { const worker = new Worker('data:text/javascript,postMessage(1)'); await new Promise((yes, no) => { worker.onmessage = yes; worker.onerror = no; setTimeout(no, 2000); }); });
  await attempt('fetch', () => fetch('${address}leak-fetch'));
  await attempt('request', () => new Promise((yes, no) => { const request = new XMLHttpRequest(); request.onload = yes; request.onerror = no; request.open('GET', '${address}leak-xhr'); request.send(); }));
  await attempt('socket', () => new Promise((yes, no) => { const socket = new WebSocket('${address}leak-socket'.replace('http', 'ws')); socket.onopen = yes; socket.onerror = no; }));
  await attempt('image', () => { const image = new Image(); const end = loaded(image); image.src = '${address}leak-image.png'; return end; });
  await attempt('frame', () => { const frame = document.createElement('iframe'); frame.src = '${address}leak-frame'; const end = loaded(frame); document.body.append(frame); return end.then(() => { if (frame.contentDocument === null) throw 0; }); });
  done({ outcome, violations, peers: typeof RTCPeerConnection });
}, 0))`;

for (const name of NAMES) {
  test(`${name}: text does not become code and no address is reached`, { timeout: 120_000 }, () => visit(name, 'http', async (_app, browser, site) => {
    const { outcome, violations, peers } = await browser.evaluate(ATTEMPTS(site.address));
    const tried = Object.keys(outcome);
    assert.ok(tried.length >= 11, `only ${tried}`);
    for (const attempt of tried.filter((one) => one !== 'frame')) assert.equal(outcome[attempt], 'blocked', attempt);
    assert.ok(violations.length > 0, 'the policy reported what it blocked');
    assert.equal(peers, 'undefined', 'peer connections are removed');
    assert.deepEqual([...new Set(site.log)], ['GET /'], 'requests that reached the server');
  }));
}
