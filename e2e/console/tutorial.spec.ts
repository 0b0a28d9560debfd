import { expect, type Page, test } from '@playwright/test'
import { connectorRow, figureAbove, outputFormat, stateOf } from '../support/connectors.ts'
import { messageRow, signIn, signOut, signUp } from '../support/console-pages.ts'
import { type KeyFile, readKeyFile } from '../support/key-file.ts'
import { listeningContext } from '../support/listening.ts'
import { rateIsZero, rateRises } from '../support/topic-figures.ts'

// The tutorial as people follow it: what is clicked is found by the words that the video shows, and
// what is checked is what somebody would look at. There is no waiting but for what appears.

const cluster = 'kafka_tutorial_cluster'
const topic = 'tutorial_topic'
const connector = 'OrdersConnector_tutorial'

test('the tutorial, word for word', async ({ browser }) => {
  // Rates take samples of 5 s to rise and to fall.
  test.setTimeout(180_000)
  const context = listeningContext(
    await browser.newContext({ baseURL: process.env.TRIBUTARY_CONSOLE_URL ?? '' }),
  )
  const page = await context.newPage()
  const person = await signUp(page)
  await launchCluster(page)
  await makeKey(page)
  await makeTopic(page)
  await produceByHand(page)
  await addConnector(page)
  await exploreMetrics(page)
  await watchRateRise(page)
  await pause(page)

  await test.step('sign out, sign in, and a topic rides by Home, Environments and default', async () => {
    await signOut(page)
    await signIn(page, person)
    await expect(page.getByRole('heading', { name: /^Welcome back/ })).toBeVisible()
    await page.getByRole('link', { name: 'Environments', exact: true }).first().click()
    await expect(page.getByRole('heading', { name: 'Environments', level: 1 })).toBeVisible()
    await page.getByRole('main').getByRole('link', { name: 'default', exact: true }).click()
    await page.getByRole('main').getByRole('link', { name: cluster, exact: true }).first().click()
    await inNav(page, 'Topics').click()
    await page.getByRole('link', { name: 'Add topic' }).click()
    await fillTopic(page, 'rides')
    await expect(page.getByRole('heading', { name: 'rides', level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Configuration', exact: true }).click()
    await expect(retentionRow(page)).toContainText('1 day')
    await expect(page.getByText('2 partitions', { exact: true })).toBeVisible()
  })
  await context.close()
})

/** A line of the navigation of a cluster. */
function inNav(page: Page, name: string) {
  const nav = page.getByRole('navigation', { name: 'Cluster' })
  return nav.getByRole('link', { name, exact: true })
}

function launchCluster(page: Page) {
  return test.step('1–5 a cluster', async () => {
    await page.getByRole('link', { name: 'Add cluster' }).click()
    const basic = page.getByRole('region', { name: 'Basic' })
    await basic.getByRole('button', { name: 'Begin configuration' }).click()
    await page.getByRole('radio', { name: /Google Cloud/ }).click()
    await expect(page.getByRole('combobox', { name: /^Region/ })).toContainText('europe-west2')
    await expect(page.getByRole('combobox', { name: /^Availability/ })).toHaveText('Single zone')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Skip payment' }).click()
    await page.getByLabel('Cluster name').fill(cluster)
    await page.getByRole('button', { name: 'Launch cluster' }).click()
    await expect(page.getByRole('heading', { name: 'What do you want to do next?' })).toBeVisible()
  })
}

function makeKey(page: Page): Promise<KeyFile> {
  return test.step('6–8 an API key, and the file with its secret', async () => {
    await inNav(page, 'Cluster Overview').click()
    await inNav(page, 'API Keys').click()
    await page.getByRole('link', { name: 'Create key' }).click()
    await page.getByRole('radio', { name: /Global access/ }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByText("This is the only time you'll see the secret.")).toBeVisible()
    await page.getByLabel('Description').fill('kafka_cluster_tutorial_api_key')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download and continue' }).click()
    const file = readKeyFile(await (await downloading).path())
    expect(file.key).toMatch(/^[A-Z2-7]{16}$/)
    expect(file.secret).toMatch(/^cflt[A-Za-z0-9+/]{60}$/)
    const row = page.getByRole('table', { name: 'API keys' }).getByRole('row')
    await expect(row.filter({ hasText: file.key })).toContainText('kafka_cluster_tutorial_api_key')
    return file
  })
}

function makeTopic(page: Page) {
  return test.step('9 a topic of 2 partitions, kept for a day', async () => {
    await inNav(page, 'Topics').click()
    await page.getByRole('link', { name: 'Create topic' }).click()
    await fillTopic(page, topic)
    await expect(page.getByRole('heading', { name: topic, level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Configuration', exact: true }).click()
    await expect(retentionRow(page)).toContainText('1 day')
  })
}

async function fillTopic(page: Page, name: string) {
  await page.getByLabel('Topic name').fill(name)
  await page.getByLabel('Partitions').fill('2')
  await page.getByRole('button', { name: 'Show advanced settings' }).click()
  await page.getByRole('combobox', { name: 'Retention time', exact: true }).click()
  await page.getByRole('option', { name: '1 day', exact: true }).click()
  await page.getByRole('button', { name: 'Save & create' }).click()
}

function retentionRow(page: Page) {
  return page.getByRole('row').filter({ hasText: 'retention.ms' }).first()
}

function produceByHand(page: Page) {
  return test.step('10 a message by hand, which appears without a reload', async () => {
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
    const form = page.getByRole('complementary', { name: 'Produce a new message' })
    await expect(form.getByLabel('Key', { exact: true })).toHaveValue('18')
    await form.getByRole('button', { name: 'Produce', exact: true }).click()
    const row = messageRow(page, { partition: 0, offset: 0 })
    await expect(row).toContainText('orderid 18')
    await expect(row).toContainText('Item_184')
  })
}

function addConnector(page: Page) {
  return test.step('11 a Datagen connector, from Provisioning to Running', async () => {
    const goOn = () => page.getByRole('button', { name: 'Continue', exact: true }).click()
    await inNav(page, 'Connectors').click()
    await page.getByRole('button', { name: 'Datagen Source' }).click()
    await page.getByRole('link', { name: 'Additional configuration' }).click()
    await page.getByRole('radio', { name: topic, exact: true }).click()
    await goOn()
    await page.getByRole('radio', { name: /Global access/ }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Generate API key & download' }).click()
    expect(readKeyFile(await (await downloading).path()).secret).toMatch(/^cflt/)
    await goOn()
    await page.getByRole('radio', { name: 'Orders', exact: true }).click()
    await outputFormat(page, 'JSON').click()
    await goOn()
    await expect(page.getByRole('heading', { name: 'Connector sizing' })).toBeVisible()
    await goOn()
    await page.getByLabel('Connector name').fill(connector)
    await goOn()
    await expect(connectorRow(page, connector)).toContainText('Running')
    await expect(connectorRow(page, connector)).toContainText(topic)
  })
}

function exploreMetrics(page: Page) {
  return test.step('12 its metrics', async () => {
    await page.getByRole('link', { name: connector, exact: true }).click()
    await expect(stateOf(page)).toContainText('This connector is running.')
    await figureAbove(page, 'Messages processed', 0)
    await page.getByRole('link', { name: 'Explore metrics' }).click()
    await expect(page.getByRole('heading', { name: 'Metrics', level: 1 })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Connector sent records')
    await page.goBack()
    await expect(stateOf(page)).toBeVisible()
  })
}

function watchRateRise(page: Page) {
  return test.step('13 the rates move, and messages stream in', async () => {
    // The connector's own page has links of these names, too.
    await inNav(page, 'Topics').click()
    await expect(page.getByRole('heading', { name: 'Topics', level: 1 })).toBeVisible()
    await page.getByRole('link', { name: topic, exact: true }).click()
    await expect(page.getByRole('heading', { name: topic, level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await rateRises(page, 'Production')
    // Nobody consumes: the console looking on does not count.
    await rateIsZero(page, 'Consumption')
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    const newest = page.getByRole('button', { name: /^Show message at partition/ }).first()
    await expect(newest).toBeVisible()
    const before = await newest.getAttribute('aria-label')
    await expect(newest).not.toHaveAttribute('aria-label', before ?? '')
  })
}

function pause(page: Page) {
  return test.step('14 paused, and production falls to zero', async () => {
    await inNav(page, 'Connectors').click()
    await connectorRow(page, connector).getByRole('link', { name: connector }).click()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expect(stateOf(page)).toContainText('This connector is paused.')
    await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible()
    await page.getByRole('link', { name: topic, exact: true }).click()
    await expect(page.getByRole('heading', { name: topic, level: 1 })).toBeVisible()
    await rateIsZero(page, 'Production')
  })
}
