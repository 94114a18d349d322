/** Builds what the browser loads: each island as one plain script, and the one style sheet. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const out = join(web, '..', 'build', 'static');
const style = join(web, 'styles', 'app.css');

/** Scripts are IIFEs: they work with `defer` and with `type="module"`, and leave nothing in the global scope. */
function buildIslands() {
  const islands = readdirSync(join(web, 'islands')).filter((name) =>
    existsSync(join(web, 'islands', name, 'index.ts')),
  );
  return build({
    entryPoints: Object.fromEntries(islands.map((name) => [name, join(web, 'islands', name, 'index.ts')])),
    outdir: join(out, 'islands'),
    bundle: true,
    minify: true,
    format: 'iife',
    // About Chrome 80 and Safari 14. Naming these browsers fails on destructuring, which they do understand.
    target: 'es2019',
    supported: { destructuring: true },
    charset: 'utf8',
    legalComments: 'linked',
    metafile: true,
    logLevel: 'warning',
  });
}

/** Styles keep their `url(…)` addresses: nothing but the sheet itself is copied. */
function buildStyle() {
  return build({
    entryPoints: [style],
    outfile: join(out, 'app.css'),
    bundle: true,
    minify: true,
    target: ['chrome80', 'safari14'],
    external: ['*.woff', '*.woff2', '*.svg', '*.png', '*.webp'],
    charset: 'utf8',
    legalComments: 'linked',
    metafile: true,
    logLevel: 'warning',
  });
}

function report(metafile) {
  for (const file of Object.keys(metafile.outputs)) {
    const bytes = readFileSync(file);
    const kilobytes = (size) => `${(size / 1024).toFixed(1)} kB`;
    console.log(
      `${relative(out, file)}: ${kilobytes(bytes.length)}, ${kilobytes(gzipSync(bytes).length)} gzipped`,
    );
  }
}

rmSync(join(out, 'islands'), { recursive: true, force: true });
report((await buildIslands()).metafile);
if (existsSync(style)) report((await buildStyle()).metafile);
else console.log('app.css: skipped, because web/styles/app.css does not exist yet');
