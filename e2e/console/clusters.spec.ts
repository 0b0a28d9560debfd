import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey, produceWithKey } from '../support/kafkajs-with-key.ts'

test.describe('creating a cluster', () => {
  test('four steps, each with an address of its own, forward and back', async ({
    page,
    organisation,
  }) => {
    await page.goto(paths.addCluster(organisation))
    const steps = page.getByRole('list', { name: 'Steps' })
    const isAt = (step: string) =>
      expect(steps.getByRole('listitem').filter({ hasText: step })).toHaveAttribute(
        'aria-current',
        'step',
      )
    await isAt('Select cluster type')
    const standard = page.getByRole('region', { name: 'Standard' })
    await expect(standard).toContainText('2,500')
    await expect(page.getByRole('region', { name: 'Basic' })).toContainText('1,500')
    for (const other of ['Enterprise', 'Dedicated', 'Freight']) {
      await expect(page.getByRole('term').filter({ hasText: other })).toBeVisible()
    }
    await standard.getByRole('button', { name: 'Begin configuration' }).click()

    await isAt('Region/zones')
    await page.getByRole('radio', { name: /Azure/ }).click()
    await page.getByLabel('Region').click()
    await page.getByRole('option', { name: /westeurope/ }).click()
    await page.getByLabel('Availability').click()
    await page.getByRole('option', { name: 'Multi zone' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()

    await isAt('Set payment')
    await page.getByRole('button', { name: 'Skip payment' }).click()
    await isAt('Review and launch')
    await page.reload()
    await isAt('Review and launch')
    const main = page.getByRole('main')
    await expect(main).toContainText('westeurope')
    await expect(main).toContainText('Multi zone')
    await expect(page.getByText('simulated prices')).toBeVisible()
    await page.getByRole('radio', { name: 'Usage limits' }).click()
    await expect(page.getByRole('heading', { name: 'On Confluent Cloud' })).toBeVisible()
    await expect(main).toContainText('10,000')

    await page.goBack()
    await isAt('Set payment')
    await page.getByRole('link', { name: 'Go back' }).click()
    await isAt('Region/zones')
    await expect(page.getByRole('radio', { name: /Azure/ })).toBeChecked()
    await steps.getByRole('link', { name: 'Select cluster type' }).click()
    await isAt('Select cluster type')
    await page.goForward()
  })

  test('a Standard cluster is launched with what was chosen', async ({ page, organisation }) => {
    await page.goto(paths.addCluster(organisation))
    await begin(page, 'Standard')
    await page.getByRole('radio', { name: /Amazon/ }).click()
    await page.getByLabel('Availability').click()
    await page.getByRole('option', { name: 'Multi zone' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Skip payment' }).click()
    await page.getByLabel('Cluster name').fill('standard_one')
    await page.getByRole('button', { name: 'Launch cluster' }).click()
    await expect(page.getByRole('heading', { name: 'What do you want to do next?' })).toBeVisible()
    await expect(page.getByRole('main').getByRole('link', { name: 'Create topic' })).toBeVisible()
    await page.getByRole('link', { name: 'Cluster Settings' }).first().click()
    const details = page.getByRole('region', { name: 'Cloud details' })
    await expect(details).toContainText('Amazon Web Services')
    await expect(details).toContainText('Multi zone')
    const type = page.getByRole('region', { name: 'Cluster type' })
    await expect(type).toContainText('Standard')
    await expect(type).toContainText('2,500')
    await expect(page.getByRole('region', { name: 'Endpoints' })).toContainText(/localhost:\d+/)
  })

  test('a name that is missing or taken is refused beside its field', async ({
    page,
    organisation,
  }) => {
    await organisation.createCluster('taken')
    await page.goto(paths.addCluster(organisation))
    await begin(page, 'Basic')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Skip payment' }).click()
    const name = page.getByLabel('Cluster name')
    await expect(name).toHaveValue('cluster_0')
    await expect(name).toBeFocused()
    for (const [wrong, sentence] of [
      ['', 'Enter a name.'],
      ['<b>', 'The name must not contain control characters, "<" or ">".'],
      ['x'.repeat(65), 'The name must be at most 64 characters long.'],
      ['taken', 'This environment has a cluster with this name. Choose another name.'],
    ] as const) {
      await name.fill(wrong)
      await name.press('Enter')
      await expect(page.getByText(sentence)).toBeVisible()
      await expect(name).toBeFocused()
    }
  })

  test('an address without a type, or with one that cannot be launched, begins at the first step', async ({
    page,
    organisation,
  }) => {
    await page.goto(paths.addCluster(organisation))
    await expect(page.getByRole('region', { name: 'Basic' })).toBeVisible()
    const address = new URL(page.url()).pathname
    for (const query of ['?step=review', '?step=review&type=ENTERPRISE', '?step=nowhere']) {
      await page.goto(address + query)
      await expect(page.getByRole('region', { name: 'Basic' })).toBeVisible()
    }
    await page.goto(`${address}?step=review&type=BASIC&provider=gcp&region=nowhere`)
    await expect(page.getByRole('main')).toContainText('London (europe-west2)')
  })
})

test('the overview shows what programs write and read, within two samples', async ({
  page,
  organisation,
}) => {
  const cluster = await organisation.createCluster('measured')
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 2 })
  await page.goto(paths.cluster(cluster))
  const counts = page.getByRole('region', { name: 'Resources' })
  await expect(counts).toContainText('Topics1')
  await expect(counts).toContainText('of 1,500 allowed')

  const consumer = kafkajsWithKey(key).consumer({ groupId: 'readers', maxWaitTimeInMs: 300 })
  await consumer.connect()
  await consumer.subscribe({ topic: 'rides', fromBeginning: true })
  await consumer.run({ eachMessage: async () => {} })
  try {
    const production = page.getByRole('figure', { name: 'Production (bytes/sec)' })
    const consumption = page.getByRole('figure', { name: 'Consumption (bytes/sec)' })
    const messages = Array.from({ length: 50 }, (_, i) => ({ value: `${i} ${'x'.repeat(1000)}` }))
    await expect(async () => {
      await produceWithKey(key, 'rides', messages)
      await expect(production).toContainText(/[1-9][\d.]* [KM]B\/s/, { timeout: 1000 })
      await expect(consumption).toContainText(/[1-9][\d.]* [KM]B\/s/, { timeout: 1000 })
    }).toPass()
    const storage = page.getByRole('table', { name: 'Storage by topic' })
    await expect(storage.getByRole('row').filter({ hasText: 'rides' })).toContainText('100 %')
    await expect(counts).toContainText(/Client connections[1-9]/)
    await expect(page.getByText(/^Updated \d+ s ago$/)).toBeVisible()
    await production.getByRole('button', { name: 'Show as table' }).click()
    await expect(production.getByRole('table')).toBeVisible()
  } finally {
    await consumer.disconnect()
  }

  await test.step('and so do the cards of the environment and Home', async () => {
    await page.getByRole('link', { name: 'default' }).first().click()
    const card = page.getByRole('region', { name: 'measured' })
    await expect(card).toContainText(/Storage\d+(\.\d+)? [KM]B/)
    await expect(card).toContainText('Topics1')
    await page.goto('/home')
    await expect(page.getByRole('heading', { name: 'Welcome back, Maya' })).toBeVisible()
    const row = page.getByRole('table', { name: 'Your clusters' }).getByRole('row')
    await expect(row.filter({ hasText: 'measured' })).toContainText(/\d [KM]?B$/)
  })
})

test('a range that was chosen stays in the address', async ({ page, cluster }) => {
  await page.goto(paths.cluster(cluster))
  await page.getByLabel('Time range').click()
  await page.getByRole('option', { name: 'Last 30 minutes' }).click()
  await expect(page).toHaveURL(/interval=1800000/)
  await page.reload()
  await expect(page.getByLabel('Time range')).toContainText('Last 30 minutes')
})

test('renaming a cluster: everywhere at once, and not to a taken name', async ({
  page,
  organisation,
}) => {
  await organisation.createCluster('other')
  await page.goto(paths.clusterSettings(await organisation.createCluster('before')))
  await page.getByRole('button', { name: 'Rename' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Rename before' })
  const name = dialog.getByLabel('Cluster name')
  await expect(name).toBeFocused()
  await name.fill('other')
  await name.press('Enter')
  await expect(dialog.getByText('This environment has a cluster with this name.')).toBeVisible()
  await name.fill('')
  await name.press('Enter')
  await expect(dialog.getByText('Enter a name.')).toBeVisible()
  await name.fill('after')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Identification' })).toContainText('after')
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('after')
  await expect(page).toHaveTitle('Cluster Settings · after · Tributary')
})

test('a hidden tab holds no stream of figures', async ({ page, cluster }) => {
  const opened = page.waitForRequest(isStream)
  await page.goto(paths.cluster(cluster))
  await opened
  await expect(page.getByText(/^Updated \d+ s ago$/)).toBeVisible()
  const ended = page.waitForEvent('requestfailed', isStream)
  await setVisibility(page, 'hidden')
  await ended
  const reopened = page.waitForRequest(isStream)
  await setVisibility(page, 'visible')
  await reopened
})

function isStream(request: { url(): string }): boolean {
  return /\/api\/streams\/environments\/[^/]+\/clusters\/[^/]+\?/.test(request.url())
}

/** Browsers without a window never hide a tab; the page is told as if this one had. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function begin(page: Page, type: 'Basic' | 'Standard'): Promise<void> {
  const card = page.getByRole('region', { name: type })
  await card.getByRole('button', { name: 'Begin configuration' }).click()
}
