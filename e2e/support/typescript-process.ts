import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { basename, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { buildSync } from 'esbuild'

/** Runs a TypeScript file as a process of its own: Node 20 reads no TypeScript, so it is bundled. */
export function spawnTypeScript(
  entry: string,
  arguments_: readonly string[],
): ChildProcessByStdio<Writable, Readable, null> {
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
  return spawn(process.execPath, ['--enable-source-maps', outfile, ...arguments_], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}
