// Keeps the hosted folder for use without a network. KPI_FILES (address from the folder -> integrity) and KPI_VERSION (hash of them all) are put in
// by scripts/lib/hosted.mjs, so that a new release is a new service worker: it fetches its files, then replaces the one before.
//
// With a network the page comes from the server, so a release is in use at the next visit. Without, or where the server does not answer in
// time, it comes from the cache. Nothing else is touched: no other address, no other folder, no other method.
void (() => {
  const worker = /** @type {any} */ (globalThis);
  const scope = new URL(worker.registration.scope);
  const mine = `b2b-kpi ${scope.pathname} `;  // caches belong to the origin: other folders have their own
  const cacheName = mine + KPI_VERSION;
  const PATIENCE_MS = 4000;

  async function store() {
    const cache = await caches.open(cacheName);
    await cache.addAll(Object.entries(KPI_FILES).map(([file, integrity]) => new Request(new URL(file, scope), { cache: 'reload', integrity })));
    await worker.skipWaiting();
  }

  async function takeOver() {
    for (const name of await caches.keys()) if (name.startsWith(mine) && name !== cacheName) await caches.delete(name);
    await worker.clients.claim();
  }

  /** @param {Request} request @param {string} file */
  async function answer(request, file) {
    const kept = () => caches.match(new URL(file, scope), { cacheName });
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const fresh = await fetch(request, { signal: patience.signal });
      clearTimeout(timer);  // it has begun to answer: the rest may take its time
      return fresh.ok || fresh.type === 'opaqueredirect' ? fresh : await kept() ?? fresh;
    } catch (error) {
      const page = await kept();
      if (page) return page;
      throw error;
    }
  }

  worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(store()));
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(takeOver()));
  worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
    const file = `./${url.pathname.slice(scope.pathname.length)}`.replace(/^\.\/index\.html$/, './');
    if (Object.hasOwn(KPI_FILES, file)) event.respondWith(answer(request, file));
  });
})();
