import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { connectorRow, figureAbove, launchConnector, stateOf, view } from '../support/connectors.ts'
import { test } from '../support/flow-test.ts'

test('sample data is launched from a template, and numbered when launched again', async ({
  page,
  cluster,
}) => {
  await page.goto(paths.cluster(cluster))
  await page.getByRole('link', { name: 'Connectors', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No connectors yet' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill('nothing like it')
  await expect(page.getByText('Displaying 0 connectors')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill('datagen')
  await page.getByRole('button', { name: 'Datagen Source' }).click()

  const dialog = page.getByRole('alertdialog', { name: 'Launch Sample Data' })
  await expect(dialog.getByText('sample_data_orders')).toBeVisible()
  await expectAccessible(page, 'launch sample data')
  await dialog.getByRole('radio', { name: 'Users', exact: true }).click()
  await expect(dialog.getByText('sample_data_users')).toBeVisible()
  await dialog.getByRole('button', { name: 'Launch', exact: true }).click()

  const row = connectorRow(page, 'sample_data')
  await expect(row).toContainText('sample_data_users')
  await expect(row).toContainText('Running')
  await row.getByRole('link', { name: 'sample_data', exact: true }).click()
  await figureAbove(page, 'Messages processed', 0)

  await test.step('its topic has JSON records, and its key is described', async () => {
    await page.getByRole('link', { name: 'sample_data_users' }).first().click()
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    await expect(page.getByRole('table', { name: 'Messages' })).toContainText('regionid "Region_')
    await page.getByRole('link', { name: 'API Keys', exact: true }).click()
    await expect(page.getByRole('table', { name: 'API keys' })).toContainText(
      'connector sample_data',
    )
    await page.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Delete API key…' }).click()
    await expect(page.getByText('The connector sample_data signs in with it')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('a second one is numbered', async () => {
    await page.getByRole('link', { name: 'Connectors', exact: true }).click()
    await page.getByRole('link', { name: 'Add Connector' }).click()
    await page.getByRole('button', { name: 'Datagen Source' }).click()
    await page.getByRole('button', { name: 'Show more options' }).click()
    await page.getByRole('radio', { name: 'Pizza orders', exact: true }).click()
    await page.getByRole('button', { name: 'Launch', exact: true }).click()
    await expect(connectorRow(page, 'sample_data_1')).toContainText('sample_data_pizza_orders')
    await expect(connectorRow(page, 'sample_data_1')).toContainText('Running')
  })
})

test('a connector is paused, resumed, restarted and deleted', async ({
  page,
  organisation,
  cluster,
}) => {
  await cluster.createTopic({ name: 'orders', partitions: 2 })
  // A name may have what its address escapes, and what looks as if it were escaped.
  const at = await launchConnector(organisation, cluster, {
    name: 'my 50%41 orders',
    topic: 'orders',
  })
  await page.goto(paths.connector(at))
  await expect(page.getByRole('heading', { name: 'my 50%41 orders', level: 1 })).toBeVisible()
  await expect(stateOf(page)).toContainText('This connector is running.')
  const before = await figureAbove(page, 'Messages processed', 0)
  await figureAbove(page, 'Messages processed', before)
  await expect(page.getByRole('listitem').filter({ hasText: 'Task 0' })).toContainText('Running')

  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(stateOf(page)).toContainText('This connector is paused.')
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(stateOf(page)).toContainText('This connector is running.')
  const resumed = await figureAbove(page, 'Messages processed', 0)
  await figureAbove(page, 'Messages processed', resumed)

  await test.step('the log tells what happened', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Restart' }).click()
    await page.getByRole('link', { name: 'Logs', exact: true }).click()
    const log = page.getByRole('table', { name: 'Log' })
    for (const what of ['paused', 'resumed', 'restarted']) {
      await expect(log).toContainText(`The connector is ${what}.`)
    }
    await page.getByRole('combobox', { name: 'Level' }).click()
    await page.getByRole('option', { name: 'ERROR' }).click()
    await expect(page).toHaveURL(/level=ERROR/)
    await expect(page.getByText('Nothing of level ERROR has been logged')).toBeVisible()
  })

  await test.step('deleted by typing its name, after which there is none', async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: 'Delete connector' }).click()
    const dialog = page.getByRole('alertdialog')
    await expectAccessible(page, 'delete connector')
    await dialog.getByLabel('Type my 50%41 orders to confirm').fill('my 50A orders')
    await expect(dialog.getByRole('button', { name: 'Delete connector' })).toBeDisabled()
    await dialog.getByLabel('Type my 50%41 orders to confirm').fill('my 50%41 orders')
    await dialog.getByRole('button', { name: 'Delete connector' }).click()
    await expect(page.getByRole('heading', { name: 'No connectors yet' })).toBeVisible()
    const answer = await page.goto(paths.connector(at))
    expect(answer?.status()).toBe(404)
  })
})

test('a connector whose key is deleted fails with the reason, and goes on with another', async ({
  page,
  organisation,
  cluster,
}) => {
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  const at = await launchConnector(organisation, cluster, { name: 'orders', topic: 'orders' })
  await page.goto(paths.connector(at))
  await expect(stateOf(page)).toContainText('This connector is running.')
  await figureAbove(page, 'Messages processed', 0)
  const { envId, clusterId, key } = at
  await organisation.act('deleteApiKey', paths.apiKeys(at), { envId, clusterId, key: key.key })
  await expect(stateOf(page)).toContainText('Failed')
  await expect(stateOf(page)).toContainText(key.key)
  await expectAccessible(page, 'a failed connector')

  const other = await cluster.createKey('another')
  await stateOf(page).getByRole('link', { name: 'Change settings' }).click()
  await page.getByLabel('API key').fill(other.key)
  await page.getByLabel('API secret').fill('not its secret')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByLabel('API secret')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('API secret').fill(other.secret)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Configuration saved', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(stateOf(page)).toContainText('This connector is running.')
})

test('settings are one configuration as a form and as JSON', async ({
  page,
  organisation,
  cluster,
}) => {
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  const at = await launchConnector(organisation, cluster, { name: 'orders', topic: 'orders' })
  await page.goto(paths.connectorSettings(at))
  await expect(page.getByRole('radio', { name: 'Orders', exact: true })).toBeChecked()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  await view(page, 'JSON').click()
  const json = page.getByLabel('Configuration as JSON')
  await expect(json).toHaveValue(/"kafka.api.secret": "\*{16}"/)
  expect(await json.inputValue()).not.toContain(at.key.secret)
  await json.fill((await json.inputValue()).replace('"ORDERS"', '"ORDRES"'))
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText(/quickstart must be one out of/)).toBeVisible()
  await json.fill((await json.inputValue()).replace('"ORDRES"', '"RATINGS"'))
  await view(page, 'Form').click()
  await expect(page.getByRole('radio', { name: 'Ratings', exact: true })).toBeChecked()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Configuration saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Ratings', exact: true })).toBeChecked()
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(stateOf(page)).toContainText('This connector is running.')
})

test('the list finds connectors by name, as its address says', async ({
  page,
  organisation,
  cluster,
}) => {
  await cluster.createTopic({ name: 'tutorial_topic', partitions: 1 })
  for (const name of ['orders', 'ratings']) {
    await launchConnector(organisation, cluster, { name, topic: 'tutorial_topic' })
  }
  await page.goto(paths.connectors(cluster, { q: 'rat' }))
  await expect(connectorRow(page, 'ratings')).toBeVisible()
  await expect(connectorRow(page, 'orders')).toHaveCount(0)
  await expect(page.getByText('1 of 2 connectors')).toBeVisible()
  await page.getByRole('searchbox').fill('zebra')
  await page.getByRole('button', { name: 'Clear search', exact: true }).last().click()
  await expect(connectorRow(page, 'orders')).toContainText('Running')
})
