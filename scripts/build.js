// Bundles the program into dist/, so that one packed file runs on a node that has no registry.
// Each thread is an entry of its own: `new Worker` needs a file to start from.
import { chmod, copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { licencesOf } from './licences.js';
import { define, inject, lighten } from './lighten.js';

// Built beside dist/ and put in its place when all went well: a failed build leaves the last good one.
const out = `dist.${process.pid}`;

const { metafile } = await build({
  entryPoints: {
    cli: 'cli.tsx',
    'engine-thread': 'source/engine/engine-thread.ts',
    'player-thread': 'source/engine/player-thread.ts',
    'demo-thread': 'source/engine/demo-thread.ts',
    'doctor-thread': 'source/engine/doctor-thread.ts',
    'worker-thread': 'source/workers/worker-thread.ts',
    'hash-thread': 'source/transfer/hash-thread.ts',
    'transfer-thread': 'source/transfer/transfer-thread.ts',
    'burst-process': 'source/bench/burst-process.ts',
  },
  outdir: out,
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  legalComments: 'none',
  // The development build of React is twice as slow and keeps every performance measure for ever.
  define: { 'process.env.NODE_ENV': '"production"', ...define },
  inject,
  // Ink reaches for its developer tools only under DEV=true; nobody bundles those.
  plugins: [
    lighten,
    {
      name: 'no-devtools',
      setup(on) {
        on.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
        on.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }));
      },
    },
  ],
  // CommonJS packages inside an ES module bundle still call require().
  banner: {
    js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
  },
});

const cli = `${out}/cli.js`;
await writeFile(cli, `#!/usr/bin/env node\n${await readFile(cli, 'utf8')}`);
await chmod(cli, 0o755);
// Wireshark reads this one.
await copyFile('source/report/mcast-tui.lua', `${out}/mcast-tui.lua`);
await writeFile(`${out}/LICENCES.txt`, await licencesOf(Object.keys(metafile.inputs)));
await rm('dist', { recursive: true, force: true });
await rename(out, 'dist');
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
console.log(`dist: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1000)} kB`);
