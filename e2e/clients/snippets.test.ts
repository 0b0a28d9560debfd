import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'
import { type Product, startProduct } from '../support/product.ts'
import { type ClientPage, openClientPage } from './client-page.ts'
import { installTools, mainClasses } from './kafka-tools/tools.ts'
import { quick, type Readiness, skipNote } from './quick.ts'
import { readsEveryOrder, runToEnd, type Shell, start } from './typed-commands.ts'

// What *New client* shows, word for word: its files are saved from the page, its commands typed as
// they stand there, into a folder with nothing else in it. Packages come from their registries.

interface Snippet {
  readonly language: string
  /** Named where the language has several. */
  readonly library?: string
  readonly needs: readonly (readonly [string, ...string[]])[]
  /** Tabs of files that have to lie beside the programs. */
  readonly beside?: readonly string[]
  /** Not what a test may install: it has to be there. */
  readonly isInstalled?: true
  /** `--quick` runs it over TLS alone: it starts slowly. */
  readonly isSlow?: true
}

const python = [['python3', '-m', 'venv', '--help']] as const
const node = [['npm', '--version']] as const
const java = ['java', '-version'] as const
const maven = [java, ['mvn', '--version']] as const

const snippets: readonly Snippet[] = [
  { language: 'Java', needs: maven, beside: ['pom.xml'] },
  {
    language: 'Spring Boot',
    needs: maven,
    beside: ['pom.xml', 'Configuration snippet'],
    isSlow: true,
  },
  { language: 'Python', library: 'confluent-kafka', needs: python },
  { language: 'Python', library: 'kafka-python', needs: python },
  { language: 'Node.js', library: 'kafkajs', needs: node },
  { language: 'Node.js', library: '@platformatic/kafka', needs: node },
  // franz-go's own go.mod asks for it; an older Go would fetch a newer one by itself.
  { language: 'Go', needs: [['sh', '-c', 'go version | grep -Eq "go1\\.(2[6-9]|[3-9][0-9])"']] },
  {
    language: 'Kafka CLI',
    needs: maven,
    beside: ['Configuration snippet'],
    isInstalled: true,
  },
  { language: 'kcat', needs: [['kcat', '-V']], isInstalled: true },
]

const both = ['SASL_SSL', 'SASL_PLAINTEXT'] as const
const protocolsOf = ({ isSlow }: Snippet) => (quick && isSlow ? both.slice(0, 1) : both)

/** Maven and Go load and compile what they need. */
const timeoutMs = 600_000
let product: Product
let browser: Browser
let shown: ClientPage
let folder: string

const topicOf = ({ language, library }: Snippet, protocol: string) =>
  `orders.${library ?? language}.${protocol}`.replaceAll(/[^\w.]/g, '-')
const restTopic = 'orders.rest'

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-snippets-'))
  product = await startProduct()
  browser = await launchBrowser()
  const topics = snippets.flatMap((snippet) => both.map((name) => topicOf(snippet, name)))
  shown = await openClientPage(product, browser, [...topics, restTopic])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const named = snippets.map((snippet) => {
  const readiness = readinessOf(snippet.needs)
  const name = `${snippet.language} ${snippet.library ?? ''}`.trim()
  return { ...snippet, readiness, name: `${name}${skipNote(readiness)}` }
})

describe.each(named)('$name', (snippet) => {
  it.skipIf(!snippet.readiness.ok)(
    'installs, writes and reads as the page says',
    async ({ skip }) => {
      const home = join(folder, topicOf(snippet, ''))
      mkdirSync(home)
      const shell = { folder: home, environment: environmentOf(snippet, home) }
      await shown.choose(snippet.language, snippet.library)
      let isInstalled = snippet.isInstalled === true
      for (const protocol of protocolsOf(snippet)) {
        await shown.press(protocol)
        await shown.chooseTopic(topicOf(snippet, protocol))
        if (protocol === 'SASL_SSL') await shown.saveAuthority(home)
        for (const tab of snippet.beside ?? []) await shown.save(tab, home)
        const { install, start: write } = await shown.save('Producer', home)
        const { start: read } = await shown.save('Consumer', home)
        const unreachable = isInstalled ? null : await installed(install, shell)
        if (unreachable !== null) skip(`no registry can be reached: ${unreachable}`)
        isInstalled = true
        await runToEnd(write, shell)
        await readsEveryOrder(read, shell)
        if (snippet.language === 'Kafka CLI')
          await describesTopic(shell, topicOf(snippet, protocol))
      }
    },
    timeoutMs,
  )
})

const curl = readinessOf([['curl', '--version']])
describe(`REST${skipNote(curl)}`, () => {
  it.skipIf(!curl.ok)('writes and looks at the topic as the page says', async () => {
    const home = join(folder, 'rest')
    mkdirSync(home)
    await shown.choose('REST')
    await shown.chooseTopic(restTopic)
    const { start: write } = await shown.save('Producer', home)
    const answers = await runToEnd(write, { folder: home })
    const written = answers.join('\n').match(/"error_code":\s*200/g)
    expect(written, answers.join('\n')).toHaveLength(10)
    await describesTopic({ folder: home }, restTopic)
    const admin = kafkajsWithKey(await shown.cluster.createKey()).admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(restTopic)
    await admin.disconnect()
    expect(ends.reduce((sum, { high }) => sum + Number(high), 0)).toBe(10)
  })
})

async function describesTopic(shell: Shell, topic: string) {
  const { start: look } = await shown.save('Topic', shell.folder)
  const told = (await runToEnd(look, shell)).join('\n')
  expect(told).toContain(topic)
}

/** Whether what a program is written in is on this machine. */
function readinessOf(needs: Snippet['needs']): Readiness {
  const missing = needs.find(
    ([command, ...parameters]) => spawnSync(command, parameters).status !== 0,
  )
  return missing === undefined
    ? { ok: true }
    : { ok: false, reason: `\`${missing.join(' ')}\` fails` }
}

/** Fetches what a program needs; what was said where there is no way to its registry. */
async function installed(command: string, shell: Shell): Promise<string | null> {
  const running = start(command, shell)
  const code = await running.ended
  if (code === 0) return null
  const isOffline = running.lines.find((line) => noNetwork.test(line))
  if (isOffline === undefined) throw new Error(`${command}\n${running.printed()}`)
  return isOffline.trim()
}

/** As Maven, pip, npm and Go say it. */
const noNetwork =
  /Unknown host|Could not transfer|name resolution|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|no such host|connection refused|[Nn]etwork is unreachable/

function environmentOf({ language }: Snippet, home: string): Record<string, string> {
  if (language === 'Python') return inVirtualEnvironment(home)
  if (language === 'Kafka CLI') return withKafkaScripts(home)
  return {}
}

function inVirtualEnvironment(home: string): Record<string, string> {
  const made = spawnSync('python3', ['-m', 'venv', 'venv'], { cwd: home })
  if (made.status !== 0) throw new Error(String(made.stderr))
  return { PATH: `${join(home, 'venv', 'bin')}:${process.env.PATH}` }
}

/** The commands of Kafka's download, under the names that the page calls them by. */
function withKafkaScripts(home: string): Record<string, string> {
  const jars = installTools()
  if (!jars.ok) throw new Error(jars.reason)
  const scripts = join(home, 'bin')
  mkdirSync(scripts)
  for (const [name, mainClass] of Object.entries(mainClasses)) {
    const path = join(scripts, name)
    writeFileSync(path, `#!/bin/sh\nexec java -cp '${jars.folder}/*' ${mainClass} "$@"\n`)
    chmodSync(path, 0o755)
  }
  return { PATH: `${scripts}:${process.env.PATH}` }
}
