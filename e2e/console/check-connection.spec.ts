import { createInterface } from 'node:readline'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { Kafka, logLevel } from 'kafkajs'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import type { KeyFile } from '../support/key-file.ts'
import { listeningContext } from '../support/listening.ts'
import { createOrganisation, type OwnCluster, signedIn } from '../support/organisation.ts'
import { type Product, startProduct } from '../support/product.ts'

/** A product of its own: it accepts TLS alone, and nobody else's clients fail on its ports. */
let product: Product
const logLines: string[] = []
test.beforeAll(async () => {
  product = await startProduct({ env: { SECURITY_PROTOCOLS: 'SASL_SSL' } })
  for (const stream of [product.boot.stdout, product.boot.stderr]) {
    if (stream === null) throw new Error('The product was spawned without pipes')
    createInterface({ input: stream }).on('line', (line) => logLines.push(line))
  }
})
test.afterAll(() => product.stop())
test.describe.configure({ mode: 'serial' })

test('what keeps a client from connecting is said on the page and in the log', async ({
  browser,
}) => {
  const { page, cluster, key, ca } = await newClientPage(browser)
  const panel = page.getByRole('region', { name: 'Check my connection' })
  await expect(panel.getByText('Waiting', { exact: true })).toBeVisible()
  await expect(steps(panel, 'not yet')).toHaveCount(5)
  await expectAccessible(page, 'waiting for a connection')

  await test.step('the authority is not trusted', async () => {
    await fails(key, { ssl: true })
    await expect(panel.getByText('Failed', { exact: true })).toBeVisible()
    await expect(panel).toContainText('The client hung up at its TLS handshake, without a reason')
    await expect(panel).toContainText('Give it ca.pem or truststore.p12')
    await expect(steps(panel, 'failed')).toHaveText(/Encrypted/)
    await logged(/hung up at its TLS handshake.*: give it ca\.pem/)
    await expectAccessible(page, 'a client that does not trust the authority')
  })

  await test.step('another host name', async () => {
    await fails(key, { ssl: { ca: [ca], servername: 'kafka.example.com' } })
    await expect(panel).toContainText(
      'it dialled kafka.example.com, and the certificate is for other names',
    )
    await expect(panel).toContainText('TLS_NAMES')
    await logged(/it dialled kafka\.example\.com/)
  })

  await test.step('plaintext, where TLS alone is accepted', async () => {
    await fails(key, {})
    await expect(panel).toContainText('The client speaks plaintext where only SASL_SSL is accepted')
    await expect(panel).toContainText('Set security.protocol=SASL_SSL.')
    await expect(steps(panel, 'failed')).toHaveText(/Not encrypted/)
    await logged(
      /speaks plaintext where only SASL_SSL is accepted: set security\.protocol=SASL_SSL/,
    )
  })

  await test.step('a wrong secret', async () => {
    await fails({ ...key, secret: 'wrong-secret' }, { ssl: { ca: [ca] } })
    await expect(panel).toContainText(`gave the API key ${key.key} with a wrong secret`)
    await expect(steps(panel, 'failed')).toHaveText(/Signed in/)
    await expect(panel.getByRole('list').last()).toContainText('speaks plaintext')
  })

  await test.step('all is well', async () => {
    await cluster.createTopic({ name: 'orders', partitions: 1 })
    const producer = kafka(key, { ssl: { ca: [ca] } }).producer()
    await producer.connect()
    await producer.send({ topic: 'orders', messages: [{ value: '1' }] })
    await expect(panel.getByText('Ready', { exact: true })).toBeVisible()
    await expect(panel).toContainText('first-steps')
    await expect(steps(panel, 'done')).toHaveCount(5)
    await expectAccessible(page, 'a client that writes')
    const lost = producer.send({ topic: 'nowhere', messages: [{ value: '1' }] })
    await expect(lost).rejects.toThrow()
    await expect(panel).toContainText('asked for the topic nowhere')
    await producer.disconnect()
  })

  await test.step('another organisation on the same machine sees nothing of it', async () => {
    const other = await newClientPage(browser)
    await expect(other.page.getByText('Also seen')).toBeVisible()
    const seen = other.page.getByRole('region', { name: 'Check my connection' })
    await expect(seen).toContainText('A client on this machine, before it named a key')
    for (const secret of [key.key, 'first-steps', 'nowhere']) {
      await expect(seen).not.toContainText(secret)
    }
    await other.page.context().close()
  })
})

/** The page for a new client of a fresh cluster with one key. */
async function newClientPage(browser: Browser): Promise<{
  readonly page: Page
  readonly cluster: OwnCluster
  readonly key: KeyFile
  readonly ca: string
}> {
  const organisation = await createOrganisation(product.consoleUrl)
  const cluster = await organisation.createCluster('checked')
  const key = await cluster.createKey()
  const context = listeningContext(await browser.newContext({ baseURL: product.consoleUrl }))
  await signedIn(context, organisation)
  const page = await context.newPage()
  await page.goto(paths.buildClient(cluster))
  const answer = await fetch(new URL(paths.trustFile('ca.pem'), product.consoleUrl))
  return { page, cluster, key, ca: await answer.text() }
}

function steps(panel: Locator, state: 'done' | 'failed' | 'not yet'): Locator {
  const list = panel.getByRole('list', { name: 'Steps of the connection' })
  return list.getByRole('listitem').filter({ hasText: `: ${state}` })
}

type Security = Pick<ConstructorParameters<typeof Kafka>[0], 'ssl'>

function kafka({ key, secret, bootstrapServer }: KeyFile, security: Security): Kafka {
  return new Kafka({
    clientId: 'first-steps',
    brokers: [bootstrapServer],
    sasl: { mechanism: 'plain', username: key, password: secret },
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    ...security,
  })
}

async function fails(key: KeyFile, security: Security): Promise<void> {
  await expect(kafka(key, security).admin().connect()).rejects.toThrow()
}

async function logged(pattern: RegExp): Promise<void> {
  await expect.poll(() => logLines.some((line) => pattern.test(line))).toBe(true)
}
