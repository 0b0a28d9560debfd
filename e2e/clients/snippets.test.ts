import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../lib/paths.ts'
import { launchBrowser } from '../support/browser.ts'
import { listeningContext } from '../support/listening.ts'
import { createOrganisation, signedIn } from '../support/organisation.ts'
import { type Product, startProduct } from '../support/product.ts'
import { createTurnstile } from '../support/turnstile.ts'

// What *New client* shows, word for word: its files are saved from the page, its commands typed as
// they stand there, into a folder with nothing else in it. Packages come from their registries.

interface Snippet {
  readonly language: string
  /** Named where the language has several. */
  readonly library?: string
  readonly needs: readonly (readonly [string, ...string[]])[]
  /** Not what a test may install: it has to be there. */
  readonly isInstalled?: true
}

const python = [['python3', '-m', 'venv', '--help']] as const
const node = [['npm', '--version']] as const

const snippets: readonly Snippet[] = [
  {
    language: 'Java',
    needs: [
      ['java', '-version'],
      ['mvn', '--version'],
    ],
  },
  { language: 'Python', library: 'confluent-kafka', needs: python },
  { language: 'Python', library: 'kafka-python', needs: python },
  { language: 'Node.js', library: 'kafkajs', needs: node },
  { language: 'Node.js', library: '@platformatic/kafka', needs: node },
  { language: 'Go', needs: [['go', 'version']] },
  { language: 'kcat', needs: [['kcat', '-V']], isInstalled: true },
]

const protocols = ['SASL_SSL', 'SASL_PLAINTEXT'] as const

const recordCount = 10
/** Maven and Go load and compile what they need. */
const timeoutMs = 600_000
let product: Product
let browser: Browser
let page: Page
let folder: string

const topicOf = ({ language, library }: Snippet, protocol: string) =>
  `orders.${library ?? language}.${protocol}`.replaceAll(/[^\w.]/g, '-')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-snippets-'))
  product = await startProduct()
  browser = await launchBrowser()
  const organisation = await createOrganisation(product.consoleUrl)
  const cluster = await organisation.createCluster('snippets')
  for (const snippet of snippets) {
    for (const protocol of protocols) {
      await cluster.createTopic({ name: topicOf(snippet, protocol), partitions: 2 })
    }
  }
  const context = listeningContext(await browser.newContext({ baseURL: product.consoleUrl }))
  await signedIn(context, organisation)
  page = await context.newPage()
  await page.goto(paths.buildClient(cluster))
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByText('This is the only time you').waitFor()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const named = snippets.map((snippet) => ({
  ...snippet,
  name: `${snippet.language} ${snippet.library ?? ''}`.trim(),
}))

describe.each(named)('$name', (snippet) => {
  const missing = snippet.needs.find(
    ([command, ...parameters]) => spawnSync(command, parameters).status !== 0,
  )

  it('has its toolchain', () => {
    expect(missing, `${snippet.language} needs \`${missing?.join(' ')}\` to succeed`).toBe(
      undefined,
    )
  })

  it.skipIf(missing !== undefined)(
    'installs, writes and reads as the page says',
    async () => {
      const home = join(folder, topicOf(snippet, ''))
      mkdirSync(home)
      await choose(snippet)
      if (snippet.language === 'Java') await saveFile('pom.xml', home)
      const environment = snippet.language === 'Python' ? inVirtualEnvironment(home) : {}
      const { install } = await saveFile('Producer', home)
      if (snippet.isInstalled === undefined) await runToEnd(install, home, environment)

      for (const protocol of protocols) {
        await connectBy(protocol, topicOf(snippet, protocol))
        if (protocol === 'SASL_SSL') await saveAuthority(home)
        const { start: write } = await saveFile('Producer', home)
        const { start: read } = await saveFile('Consumer', home)
        await runToEnd(write, home, environment)
        await readsEveryOrder(read, home, environment)
      }
    },
    timeoutMs,
  )
})

async function choose({ language, library }: Snippet) {
  await page.getByRole('radio', { name: language, exact: true }).click()
  if (library !== undefined) await page.getByRole('radio', { name: library, exact: true }).click()
}

async function connectBy(protocol: string, topic: string) {
  await page.getByRole('radio', { name: protocol, exact: true }).click()
  await page.getByRole('combobox', { name: 'Topic' }).click()
  await page.getByRole('option', { name: topic, exact: true }).click()
}

async function saveAuthority(home: string) {
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download ca.pem' }).click()
  const download = await downloading
  await download.saveAs(join(home, download.suggestedFilename()))
}

/** Opens a tab, saves its file under its own name, and reads the commands below it. */
async function saveFile(tab: string, home: string) {
  await page.getByRole('tab', { name: tab, exact: true }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Download \w+\.\w+$/ }).click()
  const download = await downloading
  await download.saveAs(join(home, download.suggestedFilename()))
  const commands = ((await page.getByRole('tabpanel').locator('pre').textContent()) ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return { install: commands[0] ?? '', start: commands.at(-1) ?? '' }
}

function inVirtualEnvironment(home: string): Record<string, string> {
  const made = spawnSync('python3', ['-m', 'venv', 'venv'], { cwd: home })
  if (made.status !== 0) throw new Error(String(made.stderr))
  return { PATH: `${join(home, 'venv', 'bin')}:${process.env.PATH}` }
}

async function runToEnd(command: string, home: string, environment: Record<string, string>) {
  const running = start(command, home, environment)
  expect(await running.ended, `${command}\n${running.printed()}`).toBe(0)
}

async function readsEveryOrder(command: string, home: string, environment: Record<string, string>) {
  const running = start(command, home, environment)
  try {
    await running.until((lines) => {
      const orders = lines.flatMap((line) => /"orderid": ?(\d+)/.exec(line)?.[1] ?? [])
      return new Set(orders).size === recordCount
    })
  } finally {
    running.stop()
    await running.ended
  }
}

function start(command: string, cwd: string, environment: Record<string, string>) {
  const child = spawn('sh', ['-c', command], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the shell starts ends with it.
    detached: true,
  })
  const lines: string[] = []
  const turnstile = createTurnstile()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      turnstile.changed()
    })
  }
  const printed = () => lines.slice(-20).join('\n')
  let code: number | null | undefined
  const ended = once(child, 'close').then(([exitCode]): number | null => {
    code = exitCode
    turnstile.changed()
    return exitCode
  })
  return {
    ended,
    printed,
    until: (isDone: (lines: readonly string[]) => boolean) =>
      turnstile.until(
        () => {
          if (isDone(lines)) return true
          if (code !== undefined) throw new Error(`${command} ended with ${code}:\n${printed()}`)
          return false
        },
        () => `${command}:\n${printed()}`,
      ),
    stop() {
      if (child.pid !== undefined && code === undefined) process.kill(-child.pid, 'SIGKILL')
    },
  }
}
