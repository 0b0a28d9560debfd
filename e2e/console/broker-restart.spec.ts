import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { messageRow } from '../support/console-pages.ts'
import { listeningContext, untilListening } from '../support/listening.ts'
import { createOrganisation, signedIn } from '../support/organisation.ts'
import { type Product, startProduct } from '../support/product.ts'

/** A product of its own: the others must not lose their broker. */
let product: Product
test.beforeAll(async () => {
  product = await startProduct()
})
test.afterAll(() => product.stop())
test.describe.configure({ mode: 'serial' })

test('after the broker was killed, an open page goes on where it was', async ({ browser }) => {
  const { page, organisation } = await newcomer(browser)
  const cluster = await organisation.createCluster('restarted')
  await cluster.createTopic({ name: 'kept', partitions: 2 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'kept' }))
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  const produce = page.getByRole('button', { name: 'Produce', exact: true })
  await produce.click()
  await expect(messageRow(page, { partition: 0, offset: 0 })).toBeVisible()

  process.kill(brokerPid(product), 'SIGKILL')
  await expect(async () => {
    await produce.click()
    await expect(page.getByRole('status').getByText(/offset [1-9]/)).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(messageRow(page, { partition: 0, offset: 1 })).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.reload()
  await expect(messageRow(page, { partition: 0, offset: 0 })).toBeVisible()
})

test('a port without a key that another program takes meanwhile is told, and tried again', async ({
  browser,
}) => {
  const { page, organisation } = await newcomer(browser)
  const cluster = await organisation.createCluster('open')
  await page.goto(paths.clusterSettings(cluster))
  const card = page.getByRole('region', { name: 'Connections without a key' })
  await card.getByRole('switch').click()
  await page.getByLabel('Type open to confirm').fill('open')
  await page.getByRole('button', { name: 'Allow' }).click()
  const command = card.getByText(/^kafka-topics .*--list$/)
  const port = Number(/localhost:(\d+)/.exec((await command.textContent()) ?? '')?.[1])

  const other = createServer()
  const boot = product.boot.pid ?? 0
  // Whoever would restart the broker waits until the port is somebody else's.
  process.kill(boot, 'SIGSTOP')
  try {
    process.kill(brokerPid(product), 'SIGKILL')
    await expect(async () => {
      other.listen(port, '127.0.0.1')
      await once(other, 'listening')
    }).toPass()
  } finally {
    process.kill(boot, 'SIGCONT')
  }
  try {
    await expect(async () => {
      await page.reload()
      await expect(card.getByRole('alert')).toContainText(
        `It is on, but not open. Port ${port} is already in use on this machine`,
        { timeout: 2000 },
      )
    }).toPass()
    await expect(command).toHaveCount(0)
  } finally {
    other.close()
  }
  await card.getByRole('button', { name: 'Try again' }).click()
  await expect(command).toBeVisible()
})

test('while the broker hangs a page says so, and tries again when asked', async ({ browser }) => {
  const { page, organisation } = await newcomer(browser)
  const cluster = await organisation.createCluster('hung')
  await cluster.createTopic({ name: 'kept', partitions: 1 })
  const other = await page.context().newPage()
  const pid = brokerPid(product)
  process.kill(pid, 'SIGSTOP')
  try {
    // Each gives up after some ten seconds: they wait side by side.
    await page.goto(paths.topics(cluster), { waitUntil: 'commit' })
    await other.goto(paths.topicMessages({ ...cluster, topic: 'kept' }), { waitUntil: 'commit' })
    // Not a blank page until then, either: where one is, and what it waits for.
    await expect(other.getByText('The broker has not answered yet.')).toBeVisible()
    await expect(other.getByRole('heading', { name: 'kept', level: 1 })).toBeVisible()
    await expect(other.getByRole('navigation', { name: 'Cluster' })).toBeVisible()
    await expectUnread(page, 'topics')
    await expectUnread(other, 'messages')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await untilListening(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table', { name: 'Topics' })).toContainText('kept')
})

test('a cluster that is launched while the broker hangs is provisioning until it answers', async ({
  browser,
}) => {
  test.slow()
  const { page, organisation } = await newcomer(browser)
  await page.goto(paths.addCluster(organisation))
  const basic = page.getByRole('region', { name: 'Basic' })
  await basic.getByRole('button', { name: 'Begin configuration' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Skip payment' }).click()
  const pid = brokerPid(product)
  process.kill(pid, 'SIGSTOP')
  const badge = page.getByRole('main').getByText('Provisioning')
  try {
    await page.getByRole('button', { name: 'Launch cluster' }).click()
    await expect(page.getByRole('heading', { name: 'What do you want to do next?' })).toBeVisible()
    await expect(badge).toBeVisible()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(page.getByRole('main').getByText('Running')).toBeVisible()
  await expect(badge).toHaveCount(0)
})

async function expectUnread(page: Page, what: string): Promise<void> {
  const heading = page.getByRole('heading', { name: `The ${what} cannot be read` })
  await expect(heading).toBeVisible()
  await expect(page.getByText('BROKER_UNREACHABLE')).toBeVisible()
}

/** Somebody new on a page of this product. */
async function newcomer(browser: Browser) {
  const organisation = await createOrganisation(product.consoleUrl)
  const context = listeningContext(await browser.newContext({ baseURL: product.consoleUrl }))
  await signedIn(context, organisation)
  return { page: await context.newPage(), organisation }
}

function brokerPid({ boot }: Product): number {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(boot.pid)], {
    encoding: 'utf8',
  })
  const line = children.split('\n').find((text) => text.includes('broker.mjs'))
  if (line === undefined) throw new Error(`Boot has no broker among its children:\n${children}`)
  return Number.parseInt(line.trim(), 10)
}
