// The module offers four functions and nothing else of ours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCore } from './lib/core.mjs';

/** What Emscripten and embind put on every module, over the versions that we support. */
const RUNTIME = new Set([
  'BindingError', 'InternalError', 'UnboundTypeError', 'abort', 'asm', 'calledRun', 'count_emval_handles', 'get_first_emval',
  'inspect', 'instantiateWasm', 'locateFile', 'onAbort', 'preloadedAudios', 'preloadedImages', 'print', 'printErr', 'ready',
  'run', 'then', 'wasmBinary', 'wasmMemory',
]);

test('exports exactly the four functions of the contract', async () => {
  const core = await startCore();
  const ours = Object.keys(core).filter((name) => !RUNTIME.has(name) && !/^_|^HEAP|^dynCall/.test(name));
  assert.deepEqual(ours.sort(), ['call', 'commit', 'reserve', 'version']);
});

test('the version names the build, the contract and the catalogue', async () => {
  const core = await startCore();
  const version = JSON.parse(core.version());
  const said = version.result ?? version;
  assert.match(said.version, /^\d+\.\d+\.\d+$/);
  assert.ok('contract' in said && 'catalog' in said);
});
