// Composition root: the page's parts are made and joined here, nowhere else.
import en from './i18n/en.json';
import { workerFactory } from './engine/boot.js';
import { EngineClient } from './engine/client.js';
import { formatLocale, setFormatLocale } from './format/format.js';
import { setTexts } from './i18n/translate.js';
import { loadSamples } from './samples/index.js';
import { initialState } from './state/app-state.js';
import { Controller } from './state/controller.js';
import { Store } from './state/store.js';
import './ui/app.js';

// The policy closes every other way out; peer connections are the one that it cannot.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) Reflect.deleteProperty(globalThis, name);

setTexts('en', en);
setFormatLocale(formatLocale('en', navigator.languages ?? []));

async function main() {
  const app = /** @type {import('./ui/app.js').KpiApp} */ (document.querySelector('kpi-app'));
  const store = new Store(initialState());
  app.follow(store);
  try {
    const controller = new Controller(new EngineClient(await workerFactory()), store, loadSamples);
    app.addEventListener('kpi-action', (event) => void controller.act(/** @type {CustomEvent} */ (event).detail));
    await controller.start();
  } catch {
    store.set({ engine: 'failed' });
  }
}

void main();
