import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The script of the storage thread. The product's build puts `storage-thread.mjs` beside the
 * broker's bundle. From source (tests), a worker of Node 20 cannot run TypeScript, so it is bundled
 * here, in 0.1 s, into a file named by its content.
 */
export async function findThreadFile(given?: string | URL): Promise<URL> {
  if (given !== undefined) return typeof given === 'string' ? pathToFileURL(given) : given
  const bundled = new URL('./storage-thread.mjs', import.meta.url)
  if (existsSync(bundled)) return bundled
  made ??= bundleThread()
  return made
}

let made: Promise<URL> | null = null

async function bundleThread(): Promise<URL> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./thread.ts', import.meta.url))],
    bundle: true,
    write: false,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.text ?? ''
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 16)
  // Inside the project, so that the packages it imports are found.
  const folder = new URL('../../../node_modules/.cache/tributary/', import.meta.url)
  const file = new URL(`storage-thread-${digest}.mjs`, folder)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    const unfinished = new URL(`${file.href}.${process.pid}`)
    writeFileSync(unfinished, code)
    renameSync(unfinished, file)
  }
  return file
}
