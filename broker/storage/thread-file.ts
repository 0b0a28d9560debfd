import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The script of a thread. The product's build puts `<name>.mjs` beside the broker's bundle. From
 * source (tests), a worker of Node 20 cannot run TypeScript, so it is bundled here, in 0.1 s, into
 * a file named by its content.
 */
export async function findThreadFile({ name, source, given }: ThreadFile): Promise<URL> {
  if (given !== undefined) return typeof given === 'string' ? pathToFileURL(given) : given
  const bundled = new URL(`./${name}.mjs`, import.meta.url)
  if (existsSync(bundled)) return bundled
  const making = made.get(name) ?? bundleThread(name, source)
  made.set(name, making)
  return making
}

export interface ThreadFile {
  /** What the build calls it. */
  readonly name: 'storage-thread' | 'compaction-thread'
  /** Its TypeScript, where that is there. */
  readonly source: URL
  /** A script to use instead. */
  readonly given?: string | URL | undefined
}

const made = new Map<string, Promise<URL>>()

async function bundleThread(name: string, source: URL): Promise<URL> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(source)],
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
  const folder = new URL('../../node_modules/.cache/tributary/', import.meta.url)
  const file = new URL(`${name}-${digest}.mjs`, folder)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    const unfinished = new URL(`${file.href}.${process.pid}`)
    writeFileSync(unfinished, code)
    renameSync(unfinished, file)
  }
  return file
}
