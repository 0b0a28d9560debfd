import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import {
  connectorRow,
  figureAbove,
  launchConnector,
  outputFormat,
  stateOf,
  view,
} from '../support/connectors.ts'
import { test } from '../support/flow-test.ts'
import { readKeyFile } from '../support/key-file.ts'

const datagen = { plugin: 'DatagenSource' }

function goOn(page: Page) {
  return page.getByRole('button', { name: 'Continue', exact: true }).click()
}

function step(page: Page, name: string) {
  return expect(page.locator('[aria-current="step"]')).toHaveText(new RegExp(`${name}$`))
}

test('a connector is added in five steps, and what is wrong stands beside its field', async ({
  page,
  cluster,
}) => {
  test.slow()
  await page.goto(paths.connectorPlugins(cluster, datagen))
  await page.getByRole('link', { name: 'Additional configuration' }).click()
  await step(page, 'Topic selection')

  await test.step('a topic that is made on the way', async () => {
    await goOn(page)
    await expect(page.getByText('Choose a topic.')).toBeVisible()
    await page.getByLabel('Topic name').fill('no spaces please')
    await page.getByRole('button', { name: 'Create topic' }).click()
    await expect(page.getByText(/Topic name is invalid/)).toBeVisible()
    await page.getByLabel('Topic name').fill('rides')
    await page.getByLabel('Partitions').fill('2')
    // Enter makes the topic, it does not go on.
    await page.getByLabel('Partitions').press('Enter')
    await expect(page.getByRole('radio', { name: 'rides' })).toBeChecked()
    await expect(page.getByText('(1) topic selected')).toBeVisible()
    await expectAccessible(page, 'topic selection')
    await goOn(page)
  })

  const key = await test.step('a key that is made and downloaded', async () => {
    await step(page, 'Kafka credentials')
    await expect(page.getByRole('radio', { name: /Global access/ })).toBeChecked()
    await goOn(page)
    await expect(page.getByText('Generate an API key for the connector first')).toBeVisible()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Generate API key & download' }).click()
    const file = readKeyFile(await (await downloading).path())
    await expect(page.getByRole('status').filter({ hasText: file.key })).toBeVisible()
    await expectAccessible(page, 'Kafka credentials')
    await goOn(page)
    return file
  })

  await test.step('what the records are', async () => {
    await step(page, 'Configuration')
    await expect(outputFormat(page, 'JSON')).toBeChecked()
    await expect(outputFormat(page, 'AVRO')).toBeDisabled()
    await expect(page.getByText('There is no Schema Registry on this installation.')).toBeVisible()
    const sample = page.getByRole('region', { name: 'Sample record, value' })
    await expect(sample).toContainText('"orderid"')
    await page.getByRole('button', { name: 'Show more options' }).click()
    await expect(page.getByRole('radio', { name: 'Shoe orders' })).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search 38 templates' }).fill('stars')
    await page.getByRole('radio', { name: 'Ratings' }).click()
    await expect(sample).toContainText('"stars"')
    await page.getByRole('radio', { name: '3', exact: true }).click()
    await expect(sample).toContainText('"stars"')
    await expectAccessible(page, 'configuration')

    await page.getByRole('button', { name: 'Show advanced configurations' }).click()
    await page.getByLabel('Max interval between messages (ms)').fill('100')
    await expect(page.getByText(/about 20 messages\/sec per task/)).toBeVisible()
    await page.getByLabel('Max interval between messages (ms)').fill('soon')
    await goOn(page)
    await expect(page.getByText(/Invalid value soon for configuration max.interval/)).toBeVisible()
    await page.getByLabel('Max interval between messages (ms)').fill('100')
    await goOn(page)
  })

  await test.step('one task on a Basic cluster', async () => {
    await step(page, 'Sizing')
    await expect(page.getByText(/has one task, as on Confluent Cloud/)).toBeVisible()
    await expectAccessible(page, 'sizing')
    await goOn(page)
  })

  await test.step('a review that can be changed as JSON', async () => {
    await step(page, 'Review and launch')
    await expect(page.getByLabel('Connector name')).toHaveValue('DatagenSourceConnector_0')
    await expectAccessible(page, 'review')
    await view(page, 'JSON').click()
    const json = page.getByLabel('Configuration as JSON')
    const text = await json.inputValue()
    expect(text).not.toContain(key.secret)
    await json.fill(text.slice(0, -1))
    await expect(page.getByText('This is not valid JSON.')).toBeVisible()
    await goOn(page)
    await step(page, 'Review and launch')
    await json.fill(text.replace('DatagenSourceConnector_0', 'ratings_of_rides'))
    await expectAccessible(page, 'review as JSON')
    await view(page, 'Form').click()
    await expect(page.getByLabel('Connector name')).toHaveValue('ratings_of_rides')
    await goOn(page)
  })

  await test.step('it runs, with its key described by its name', async () => {
    await expect(connectorRow(page, 'ratings_of_rides')).toContainText('Running')
    await page.getByRole('link', { name: 'ratings_of_rides', exact: true }).click()
    await expect(stateOf(page)).toContainText('This connector is running.')
    await figureAbove(page, 'Messages processed', 0)
    await page.getByRole('link', { name: 'API Keys', exact: true }).click()
    const keys = page.getByRole('table', { name: 'API keys' })
    await expect(keys.getByRole('row').filter({ hasText: key.key })).toContainText(
      'connector ratings_of_rides',
    )
  })
})

test('an existing key is tried before one goes on', async ({ page, cluster }) => {
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  const key = await cluster.createKey('mine')
  await page.goto(paths.createConnector(cluster, { ...datagen, topic: 'orders' }))
  await goOn(page)
  await step(page, 'Kafka credentials')
  await page.getByRole('radio', { name: /Use an existing API key/ }).click()
  await page.getByLabel('API key').fill('AAAAAAAAAAAAAAAA')
  await page.getByLabel('API secret').fill(key.secret)
  await goOn(page)
  await expect(page.locator('[aria-invalid="true"]').first()).toBeFocused()
  await page.getByLabel('API key').fill(key.key)
  await page.getByLabel('API secret').fill('not its secret')
  await goOn(page)
  await expect(page.getByLabel('API secret')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page, 'a wrong secret')
  await page.getByLabel('API secret').fill(key.secret)
  await goOn(page)
  await step(page, 'Configuration')

  await test.step('the secret is in no address, and after a reload it is asked for again', async () => {
    expect(page.url()).not.toContain(encodeURIComponent(key.secret))
    await page.reload()
    await step(page, 'Kafka credentials')
    await expect(page.getByRole('complementary', { name: 'Summary' })).toContainText('orders')
  })
})

test('a schema of one’s own is checked, and its records are shown', async ({ page, cluster }) => {
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  const key = await cluster.createKey('mine')
  await page.goto(paths.createConnector(cluster, { ...datagen, topic: 'orders' }))
  await goOn(page)
  await page.getByRole('radio', { name: /Use an existing API key/ }).click()
  await page.getByLabel('API key').fill(key.key)
  await page.getByLabel('API secret').fill(key.secret)
  await goOn(page)
  await page.getByRole('button', { name: 'Provide your own schema' }).click()
  const schema = page.getByLabel('Provide your own schema')
  await schema.fill('{ "type": "recrod" }')
  await goOn(page)
  await expect(page.getByText(/Unable to parse the provided schema/).first()).toBeVisible()
  await expect(schema).toHaveAttribute('aria-invalid', 'true')
  await schema.fill('')
  await page.getByRole('button', { name: 'Begin with an example' }).click()
  await expect(page.getByRole('region', { name: 'Sample record, value' })).toContainText(
    '"ride_id"',
  )
  await page.getByRole('button', { name: 'Show advanced configurations' }).click()
  await page.getByLabel('Schema Keyfield').fill('no_such_field')
  await goOn(page)
  await expect(
    page.getByText("The schema does not contain the field provided in 'schema.keyfield'").first(),
  ).toBeVisible()
  await page.getByLabel('Schema Keyfield').fill('city')
  await expect(page.getByRole('definition').filter({ hasText: /^(Berlin|London)$/ })).toBeVisible()
  await goOn(page)
  await step(page, 'Sizing')
  await goOn(page)
  await page.getByLabel('Connector name').fill('my rides')
  await goOn(page)
  await expect(connectorRow(page, 'my rides')).toContainText('Running')
})

test('a name that is taken is refused beside its field', async ({
  page,
  organisation,
  cluster,
}) => {
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  const name = 'DatagenSourceConnector_0'
  const { key } = await launchConnector(organisation, cluster, { name, topic: 'orders' })
  await page.goto(paths.createConnector(cluster, { ...datagen, topic: 'orders' }))
  await goOn(page)
  await page.getByRole('radio', { name: /Use an existing API key/ }).click()
  await page.getByLabel('API key').fill(key.key)
  await page.getByLabel('API secret').fill(key.secret)
  await goOn(page)
  await step(page, 'Configuration')
  await goOn(page)
  await step(page, 'Sizing')
  await goOn(page)
  // The first that is free.
  await expect(page.getByLabel('Connector name')).toHaveValue('DatagenSourceConnector_1')
  await page.getByLabel('Connector name').fill(name)
  await goOn(page)
  await expect(page.getByLabel('Connector name')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Connector name').fill('DatagenSourceConnector_1')
  await goOn(page)
  await expect(connectorRow(page, 'DatagenSourceConnector_1')).toBeVisible()
})

test('on a Standard cluster a connector may have more tasks', async ({ page, organisation }) => {
  const { envId } = organisation
  const made = await organisation.act('createCluster', paths.addCluster({ envId }), {
    envId,
    name: 'standard',
    type: 'STANDARD',
    provider: 'gcp',
    region: 'europe-west2',
  })
  const at = { envId, clusterId: String(made.clusterId) }
  await organisation.act('createTopic', paths.createTopic(at), {
    ...at,
    name: 'orders',
    partitions: '2',
  })
  const key = await organisation.act('createApiKey', paths.createApiKey(at), { ...at })
  await page.goto(paths.createConnector(at, { ...datagen, topic: 'orders' }))
  await goOn(page)
  await page.getByRole('radio', { name: /Use an existing API key/ }).click()
  await page.getByLabel('API key').fill(String(key.key))
  await page.getByLabel('API secret').fill(String(key.secret))
  await goOn(page)
  await step(page, 'Configuration')
  await goOn(page)
  await step(page, 'Sizing')
  const tasks = page.getByRole('textbox', { name: 'Tasks' })
  await expect(tasks).toHaveValue('1')
  await tasks.fill('251')
  await goOn(page)
  await expect(tasks).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('slider', { name: 'Tasks, slider' }).fill('3')
  await expect(tasks).toHaveValue('3')
  await goOn(page)
  await step(page, 'Review and launch')
  await page.getByLabel('Connector name').fill('three')
  await goOn(page)
  await expect(connectorRow(page, 'three')).toContainText('3 of 3')
})
