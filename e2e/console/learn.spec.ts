import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { test } from '../support/flow-test.ts'
import { produceWithKey } from '../support/kafkajs-with-key.ts'

test('the tutorial ticks itself off, says why, leads there, and starts over', async ({
  page,
  organisation,
  cluster,
}) => {
  await cluster.createKey()
  await page.goto(paths.environments())
  await page.getByRole('button', { name: 'Learn', exact: true }).click()
  const panel = page.getByRole('complementary', { name: 'Learn' })
  await expect(panel.getByText('2 of 7 steps done')).toBeVisible()
  await expect(panel.getByText(/two can read at once/)).toBeVisible()
  await expectAccessible(page, 'learn')

  // It stays open on the way to another page, and the step's button leads to where it is taken.
  await panel.getByRole('link', { name: 'Create topic' }).click()
  await expect(page.getByLabel('Topic name')).toBeVisible()
  const { envId, clusterId } = cluster
  await organisation.act('createTopic', paths.createTopic(cluster), {
    envId,
    clusterId,
    name: 'by_the_book',
    partitions: '2',
    configs: { 'retention.ms': '86400000' },
  })
  await expect(panel.getByText('3 of 7 steps done')).toBeVisible()
  await expect(panel.getByRole('button', { name: /Create a topic.*, done/ })).toBeVisible()

  // Why stands in every step, whichever comes next.
  await panel.getByRole('button', { name: 'Pause the connector' }).click()
  await expect(panel.getByText(/costs money by the hour/)).toBeVisible()

  await panel.getByRole('button', { name: 'Start over' }).click()
  await expect(panel.getByText('0 of 7 steps done')).toBeVisible()
  await page.reload()
  await expect(panel.getByText('0 of 7 steps done')).toBeVisible()
  await panel.getByRole('button', { name: 'Close Learn' }).click()
  await expect(panel).toHaveCount(0)
})

test('a rate that was seen to move is ticked off', async ({ page, cluster }) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 1 })
  await page.goto(paths.topicOverview({ ...cluster, topic: 'rides' }))
  await page.getByRole('button', { name: 'Learn', exact: true }).click()
  const panel = page.getByRole('complementary', { name: 'Learn' })
  await expect(panel.getByText('2 of 7 steps done')).toBeVisible()
  await produceWithKey(key, 'rides', [{ key: '1', value: 'a ride' }])
  const step = panel.getByRole('button', { name: /^See the production rate move.*done$/ })
  await expect(step).toBeVisible()
})
