// Bundles the peers as a site would ship them, into build/bench.
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const out = resolve(here, '../../build/bench');
const peers = ['d3dsv', 'duckdb', 'jsbytes', 'papaparse', 'read_only', 'udsv'];
await build({
  bundle: true, minify: true, format: 'esm', platform: 'browser', logLevel: 'warning', outdir: out, nodePaths: [join(out, 'node_modules')],
  external: ['/build/*'],
  entryPoints: [...peers.map((peer) => ({ in: join(here, `peers/${peer}.mjs`), out: peer })),
    { in: join(here, 'page/main.js'), out: 'page' }, { in: join(here, 'page/worker.js'), out: 'worker' }],
});
