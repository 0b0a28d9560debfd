// Node 20 runs no TypeScript, so this bundles make-migration.ts and runs it.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
const outfile = join(root, 'node_modules', '.cache', 'make-migration.mjs')
mkdirSync(dirname(outfile), { recursive: true })
await build({
  entryPoints: ['prisma/make-migration.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
})
await import(pathToFileURL(outfile).href)
