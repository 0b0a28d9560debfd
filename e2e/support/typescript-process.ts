import { basename, resolve } from 'node:path'
import { buildSync } from 'esbuild'

/** Makes a TypeScript file a program that Node 20 can run; returns its path. */
export function bundleTypeScript(entry: string): string {
  // Inside the repository, so that Node finds node_modules from there.
  const outfile = resolve('dist/e2e', `${basename(entry, '.ts')}.mjs`)
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
  })
  return outfile
}
