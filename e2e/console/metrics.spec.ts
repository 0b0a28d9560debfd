import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { test } from '../support/flow-test.ts'
import { produceWithKey } from '../support/kafkajs-with-key.ts'

const received = 'io.confluent.kafka.server/received_records'

test('metrics of topics are explored as lines and as a table, and the address keeps the choice', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  for (const name of ['orders', 'rides', 'empty'])
    await cluster.createTopic({ name, partitions: 1 })
  const writing = setInterval(() => {
    const records = (count: number) => Array.from({ length: count }, () => ({ value: 'x' }))
    void produceWithKey(key, 'orders', records(30)).catch(() => {})
    void produceWithKey(key, 'rides', records(5)).catch(() => {})
  }, 500)
  try {
    await page.goto(paths.home())
    await page.getByRole('link', { name: 'Metrics' }).click()
    const chart = page.getByRole('figure', { name: 'Received records' })
    const summary = page.getByRole('table', { name: 'Received records, summary' })
    await expect(rowOf(summary, 'orders')).toBeVisible()
    await expect(rowOf(summary, 'rides')).toBeVisible()
    // The busiest first; of what is quiet there is no line.
    await expect(summary.getByRole('row').nth(1)).toContainText('orders')
    await expect(rowOf(summary, 'empty')).toHaveCount(0)
    await expectAccessible(page, 'metrics')

    await test.step('what was not measured is no zero', async () => {
      await chart.getByRole('button', { name: 'Show as table' }).click()
      const values = page.getByRole('region', { name: 'Received records, values' })
      const rows = values.getByRole('row')
      await expect(rows.nth(1)).not.toContainText('no data')
      await expect(rows.last()).toContainText('no data')
      await chart.getByRole('button', { name: 'Show as chart' }).click()
    })

    await test.step('only what is chosen', async () => {
      await page.getByRole('button', { name: 'Resources: Busiest topics' }).click()
      await page.getByRole('searchbox', { name: 'Search topics' }).fill('empt')
      await page.getByRole('checkbox', { name: 'empty' }).click()
      await expectAccessible(page, 'the choice of topics', { within: '[role=dialog]' })
      await page.keyboard.press('Escape')
      await expect(page).toHaveURL(/resources=topic%253Aempty/)
      await expect(page.getByRole('button', { name: 'Resources: 1 topics' })).toBeVisible()
      await expect(chart).toContainText('0 records in range')
    })

    await test.step('by client, over another range', async () => {
      await choose(page, 'Group by', 'Client ID')
      await choose(page, 'Range', 'Last 6 hours')
      await expect(page.getByText('records per second, 1 min steps')).toBeVisible()
      await expect(page).toHaveURL(/by=client/)
      await expect(page).toHaveURL(/minutes=360/)
      await page.reload()
      await expect(page.getByRole('combobox', { name: 'Group by' })).toHaveText('Client ID')
      await expect(page.getByRole('combobox', { name: 'Range' })).toHaveText('Last 6 hours')
    })

    await test.step('a gauge of the whole cluster', async () => {
      await choose(page, 'Metric', 'Partitions')
      await choose(page, 'Range', 'Last 5 minutes')
      await expect(page.getByRole('figure', { name: 'Partitions' })).toContainText('3')
    })
  } finally {
    clearInterval(writing)
  }
})

test('cards say how others read the metrics, and the copied command does', async ({
  page,
  context,
  cluster,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  await page.goto(paths.metrics({ cluster: cluster.clusterId, metric: received }))
  for (const [card, file] of [
    ['Grafana Alloy', 'config.alloy'],
    ['OpenTelemetry', 'collector.yaml'],
    ['Prometheus', 'prometheus.yml'],
  ] as const) {
    await page.getByRole('button', { name: card }).click()
    await expect(page.getByRole('region', { name: file, exact: true })).toContainText(key.key)
  }
  await expectAccessible(page, 'how Prometheus scrapes')
  await expect(page).toHaveURL(/show=prometheus/)
  await page.getByRole('button', { name: 'Copy prometheus.yml' }).click()
  const config = await page.evaluate(() => navigator.clipboard.readText())
  expect(config).toContain(`username: ${key.key}`)
  expect(config).toContain(new URL(page.url()).host)

  await page.getByRole('button', { name: 'Copy cURL template' }).click()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  const [, user, url] = /^curl --silent --user '([^']+)' (\S+)$/.exec(command) ?? []
  const credentials = (user ?? '').replace('<API secret>', key.secret)
  const answer = await fetch(url ?? '', {
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  })
  expect(answer.status).toBe(200)
})

test('without a cluster there is nothing to measure, and a stranger’s cluster is none', async ({
  page,
  organisation,
  seeded,
}) => {
  await page.goto(paths.metrics({ cluster: seeded.own.clusterId }))
  await expect(page.getByRole('heading', { name: 'No clusters to measure yet' })).toBeVisible()
  await expectAccessible(page, 'no clusters')
  await page.getByRole('link', { name: 'Add cluster' }).click()
  await expect(page).toHaveURL(new RegExp(paths.addCluster(organisation)))
})

async function choose(page: Page, field: string, option: string) {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
}

function rowOf(table: ReturnType<Page['getByRole']>, text: string) {
  return table.getByRole('row').filter({ hasText: text })
}
