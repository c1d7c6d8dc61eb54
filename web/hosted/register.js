// Inline in the hosted page only: lets the service worker keep the page for use without a network. Elsewhere (file:, plain http, a sandboxed
// frame) browsers refuse, and the page is as good as without it.
void (() => {
  try {
    if (!isSecureContext || !location.protocol.startsWith('http') || !navigator.serviceWorker) return;
    const { trustedTypes } = /** @type {any} */ (globalThis);
    const policy = trustedTypes?.createPolicy('kpi-hosted', {
      createScriptURL(/** @type {string} */ url) {
        if (url !== 'sw.js') throw new TypeError('only sw.js');
        return url;
      },
    });
    const url = policy ? policy.createScriptURL('sw.js') : 'sw.js';
    addEventListener('load', () => navigator.serviceWorker.register(url).catch(() => {}));
  } catch { /* refused */ }
})();
