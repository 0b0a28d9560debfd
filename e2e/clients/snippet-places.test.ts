import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type Product, startProduct } from '../support/product.ts'
import { type ClientPage, openClientPage } from './client-page.ts'
import {
  type ContainerNetwork,
  canMakeNetworks,
  createContainerNetwork,
} from './container-network.ts'
import { type Readiness, skipNote } from './quick.ts'
import { readsEveryOrder, runToEnd, type Shell } from './typed-commands.ts'

// What *New client* says for programs elsewhere: the product is started as the page says, and the
// programs dial what the page names. By kcat, which needs nothing else.

const protocols = ['SASL_SSL', 'SASL_PLAINTEXT'] as const
const topicOf = (place: string, protocol: string) => `orders.${place}.${protocol}`
const places = ['container', 'ci'] as const

const hasKcat = spawnSync('kcat', ['-V']).status === 0
const kcat: Readiness = hasKcat ? { ok: true } : { ok: false, reason: 'missing: kcat' }
const container: Readiness =
  hasKcat && !canMakeNetworks()
    ? { ok: false, reason: 'no network can be made: not root, or no `ip`' }
    : kcat

let folder: string
let dataDir: string
let product: Product
let browser: Browser
let shown: ClientPage
let network: ContainerNetwork | null = null

beforeAll(async () => {
  if (container.ok) network = createContainerNetwork()
  folder = mkdtempSync(join(tmpdir(), 'tributary-places-'))
  dataDir = join(folder, 'data')
  product = await startProduct({ dataDir })
  browser = await launchBrowser()
  const topics = places.flatMap((place) => protocols.map((protocol) => topicOf(place, protocol)))
  shown = await openClientPage(product, browser, topics)
  await shown.choose('kcat')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  network?.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** The programs for a place, and what the page says to start beside them. */
async function saved(place: 'A container' | 'CI', topic: string, protocol: string) {
  const home = join(folder, topic)
  mkdirSync(home)
  await shown.press(place)
  await shown.press(protocol)
  await shown.chooseTopic(topic)
  const { start: write } = await shown.save('Producer', home)
  const { start: read } = await shown.save('Consumer', home)
  return { home, write, read }
}

async function writesAndReads(
  { write, read }: { readonly write: string; readonly read: string },
  shell: Shell,
) {
  await runToEnd(write, shell)
  await readsEveryOrder(read, shell)
}

describe.skipIf(!container.ok)(`in a container${skipNote(container)}`, () => {
  it.each(protocols)('over %s, started as the page says', async (protocol) => {
    const programs = await saved('A container', topicOf('container', protocol), protocol)
    const { home } = programs
    if (protocol === 'SASL_SSL') await shown.saveAuthority(home)
    const command = shown.page.getByText(/^HOST=0\.0\.0\.0 .*npm start$/s)
    const variables = variablesIn((await command.textContent()) ?? '')
    await whileStartedAs(variables, () =>
      writesAndReads(programs, { folder: home, prefix: prefixOf(network) }),
    )
  })
})

describe.skipIf(!kcat.ok)(`in CI${skipNote(kcat)}`, () => {
  it.each(protocols)('over %s, after ci.sh', async (protocol) => {
    const programs = await saved('CI', topicOf('ci', protocol), protocol)
    const { home } = programs
    const { start } = await shown.save('ci.sh', home)
    // Its ports are the ones that the page names.
    await whileStopped(async () => {
      const environment = { TRIBUTARY_DIR: process.cwd() }
      try {
        // The product that it leaves running keeps its output.
        await runToEnd(`${start} > ci.log 2>&1`, { folder: home, environment })
        await writesAndReads(programs, { folder: home })
      } finally {
        await endStarted(home)
      }
    })
  })
})

function prefixOf(made: ContainerNetwork | null): readonly string[] {
  if (made === null) throw new Error('This is skipped where there is no network.')
  return made.prefix
}

function variablesIn(command: string): Record<string, string> {
  const pairs = command.split(/[\s\\]+/).flatMap((word) => {
    const [name = '', value] = word.split('=')
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(pairs)
}

/** The same data on the same ports, started in another way and then as before. */
async function whileStartedAs(env: Record<string, string>, run: () => Promise<void>) {
  await whileStopped(async () => {
    const other = await startProduct({ dataDir, env: { ...portsOf(product), ...env } })
    try {
      await run()
    } finally {
      await other.stop()
    }
  })
}

async function whileStopped(run: () => Promise<void>) {
  const ports = portsOf(product)
  await product.stop()
  try {
    await run()
  } finally {
    product = await startProduct({ dataDir, env: ports })
  }
}

function portsOf({ consoleUrl, kafkaPorts: [first] }: Product): Record<string, string> {
  return { PORT: new URL(consoleUrl).port, KAFKA_PORT: String(first) }
}

/** Ends what `ci.sh` left running, and waits until it has. */
async function endStarted(home: string) {
  const runtime = join(home, '.tributary', 'runtime.json')
  if (!existsSync(runtime)) return
  const { pid } = JSON.parse(readFileSync(runtime, 'utf8'))
  process.kill(pid, 'SIGINT')
  await runToEnd(`while kill -0 ${pid} 2>/dev/null; do sleep 0.2; done`, { folder: home })
}
