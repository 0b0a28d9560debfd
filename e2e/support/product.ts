import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** Where the built product lies, seen from the repository's root, where every test runs. */
const bootBundle = resolve('dist/boot.mjs')
const readyWithinMs = 60_000

export interface Product {
  readonly dataDir: string
  readonly consoleUrl: string
  readonly kafkaPorts: readonly number[]
  /** Asks the broker's control interface; resolves with the JSON of the answer, if it has any. */
  control(method: 'GET' | 'DELETE', path: string): Promise<unknown>
  /** Where the services answer, and the bearer token of this start. */
  readonly servicesControl: { readonly url: string; readonly token: string }
  readonly boot: ChildProcess
  /** Ends it as Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>
  /** `kill -9` of every process of the product at once. */
  kill(): Promise<void>
}

export interface ProductOptions {
  /** Kept when given; otherwise a folder that `stop` deletes. */
  readonly dataDir?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the built product on free ports and waits for its ready line. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const boot = spawnProduct(options)
  await ready(boot.process).catch(async (error: unknown) => {
    // Whoever asked for it has nothing yet that could be stopped.
    await killTree(boot.process)
    throw error
  })
  const runtime = JSON.parse(readFileSync(join(boot.dataDir, 'runtime.json'), 'utf8'))
  return {
    dataDir: boot.dataDir,
    consoleUrl: runtime.consoleUrl,
    kafkaPorts: runtime.kafkaPorts,
    async control(method, path) {
      const headers = { authorization: `Bearer ${runtime.control.token}` }
      const response = await fetch(new URL(path, runtime.control.broker), { method, headers })
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}`)
      return response.status === 204 ? undefined : response.json()
    },
    servicesControl: { url: runtime.control.services, token: runtime.control.token },
    boot: boot.process,
    async stop() {
      if (boot.process.exitCode === null) {
        boot.process.kill('SIGINT')
        await once(boot.process, 'close')
      }
      if (options.dataDir === undefined) rmSync(boot.dataDir, { recursive: true, force: true })
      return boot.process.exitCode
    },
    kill: () => killTree(boot.process),
  }
}

/** Starts the product without waiting: for tests that end it while it is still starting. */
export function spawnProduct(options: ProductOptions) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tributary-'))
  const process_ = spawn(process.execPath, [bootBundle], {
    // A process group of its own, so that a whole tree can be killed at one moment.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      KAFKA_PORT: '0',
      TRIBUTARY_PRESET: '',
      NODE_ENV: 'production',
      ...options.env,
      DATA_DIR: dataDir,
    },
  })
  endWithThisProcess(process_)
  return { process: process_, dataDir }
}

/** Being its own group, a product would outlive a test runner that ends before it was stopped. */
function endWithThisProcess(boot: ChildProcess) {
  function kill() {
    try {
      if (boot.pid !== undefined) process.kill(-boot.pid, 'SIGKILL')
    } catch {
      // It has ended by itself this very moment.
    }
  }
  function terminated() {
    kill()
    process.exit(128 + constants.signals.SIGTERM)
  }
  process.once('exit', kill)
  // Without a listener there is no 'exit' after this signal.
  process.once('SIGTERM', terminated)
  boot.once('close', () => {
    process.off('exit', kill)
    process.off('SIGTERM', terminated)
  })
}

/** Resolves at the ready line; rejects with what was printed where the product ends before it. */
export function ready(boot: ChildProcess): Promise<void> {
  const printed: string[] = []
  return new Promise((resolve_, reject) => {
    const deadline = setTimeout(() => fail('did not become ready in time'), readyWithinMs)
    function fail(what: string) {
      clearTimeout(deadline)
      reject(new Error(`The product ${what}:\n${printed.join('\n')}`))
    }
    for (const stream of [boot.stdout, boot.stderr]) {
      if (stream === null) throw new Error('The product was spawned without pipes')
      createInterface({ input: stream }).on('line', (line) => {
        printed.push(line)
        if (!line.includes('Tributary is ready')) return
        clearTimeout(deadline)
        resolve_()
      })
    }
    boot.once('close', (code) => fail(`ended with ${code}`))
  })
}

export async function killTree(boot: ChildProcess): Promise<void> {
  if (boot.pid === undefined || boot.exitCode !== null || boot.signalCode !== null) return
  const closed = once(boot, 'close')
  process.kill(-boot.pid, 'SIGKILL')
  await closed
}
