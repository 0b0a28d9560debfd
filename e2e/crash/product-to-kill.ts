import { type ChildProcess, spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { freePortRun } from '../support/free-ports.ts'
import { killTree, ready, spawnProduct, startProduct } from '../support/product.ts'
import { killChild } from '../support/product-processes.ts'
import { ledgerTopics } from './ledger-topics.ts'

export const account = { email: 'ledger@example.com', password: 'correct horse battery' }
export const apiKey = { key: 'LEDGERKEY2345ABC', secret: 'ledger-secret-that-is-long-enough' }

/** Retention every second and compaction twice in it: rounds take seconds. */
const upkeepTimes = '30'
/** What no start may say, however the one before it ended. */
const wordsOfDamage =
  /damage|corrupt|checksum|torn|malformed|storage (failed|is lost)|could not be|cannot|not a database/i

/** The product on fixed ports, and on a data folder that can be put elsewhere while it is down. */
export class ProductToKill {
  readonly kafkaPorts: readonly number[]
  readonly consoleUrl: string
  /** Lines that speak of damage, whichever start they came from. */
  readonly complaints: string[] = []
  #dataDir: string
  readonly #env: Readonly<Record<string, string>>
  #boot: ChildProcess | null = null

  private constructor(dataDir: string, firstPort: number) {
    this.#dataDir = dataDir
    this.kafkaPorts = [firstPort, firstPort + 1, firstPort + 2]
    this.consoleUrl = `http://localhost:${firstPort + 3}`
    this.#env = {
      KAFKA_PORT: `${firstPort}`,
      PORT: `${firstPort + 3}`,
      TRIBUTARY_UPKEEP_TIMES: upkeepTimes,
    }
  }

  /** With a user, a key and the topics of the ledgers; stopped. It is killed when the test ends. */
  static async create(folder: string): Promise<ProductToKill> {
    const product = new ProductToKill(join(folder, 'data'), await freePortRun(4))
    // Only the first start has the preset: later starts would make again what a crash had lost.
    const env = { ...product.#env, TRIBUTARY_PRESET: writePreset(folder) }
    const first = await startProduct({ dataDir: product.#dataDir, env })
    await first.stop()
    onTestFinished(() => product.kill())
    return product
  }

  get isRunning(): boolean {
    return this.#boot !== null
  }

  /** Begins to start; says nothing of whether it succeeds. */
  spawn(): void {
    const { process: boot } = spawnProduct({ dataDir: this.#dataDir, env: this.#env })
    this.#boot = boot
    for (const stream of [boot.stdout, boot.stderr]) {
      if (stream === null) throw new Error('The product was spawned without pipes')
      createInterface({ input: stream }).on('line', (line) => {
        if (wordsOfDamage.test(line)) this.complaints.push(line)
      })
    }
  }

  /** Rejects with what it printed where it ends before it is ready, or takes too long. */
  async start(): Promise<void> {
    this.spawn()
    await ready(this.#running)
  }

  /** As Ctrl-C does, without waiting for it. */
  interrupt(): void {
    this.#running.kill('SIGINT')
  }

  /** `kill -9` of every process at once. */
  async kill(): Promise<void> {
    const boot = this.#boot
    this.#boot = null
    if (boot !== null) await killTree(boot)
  }

  /** `kill -9` of the broker alone, which boot then starts again; throws where there is none just now. */
  killBroker(): void {
    killChild(this.#running.pid ?? 0, 'broker')
  }

  /** The exit code of an orderly stop. */
  async stop(): Promise<number | null> {
    const boot = this.#running
    this.#boot = null
    const closed = new Promise<void>((settle) => boot.once('close', () => settle()))
    boot.kill('SIGINT')
    await closed
    return boot.exitCode
  }

  /** Goes on with a copy of the data folder, as a backup is; the folder itself is deleted. */
  moveToCopy(): void {
    if (this.isRunning) throw new Error('Only what is at rest can be copied as a whole.')
    const copy = `${this.#dataDir}-copy`
    const { status, stderr } = spawnSync('cp', ['-a', this.#dataDir, copy], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`The data folder could not be copied: ${stderr}`)
    rmSync(this.#dataDir, { recursive: true })
    this.#dataDir = copy
  }

  /** What `npm run verify` says of the data folder while the product is down; empty where all is well. */
  verify(): string {
    const env = { ...process.env, DATA_DIR: this.#dataDir, TRIBUTARY_PRESET: '' }
    const command = [resolve('dist/verify.mjs')]
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      env,
      encoding: 'utf8',
    })
    return status === 0 ? '' : `${stdout}${stderr}`
  }

  get #running(): ChildProcess {
    if (this.#boot === null) throw new Error('The product does not run.')
    return this.#boot
  }
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const topics = ledgerTopics.map(({ name, partitions, config }) => ({ name, partitions, config }))
  const place = { provider: 'gcp', region: 'europe-west2' }
  const clusters = [{ name: 'ledger', ...place, apiKeys: [apiKey], topics }]
  const environments = [{ name: 'default', clusters }]
  writeFileSync(path, JSON.stringify({ users: [{ ...account, name: 'Ledger' }], environments }))
  return path
}
