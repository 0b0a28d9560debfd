import { expect, test } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { callAction, successOf } from '../support/call-action.ts'
import { seedConsole, signedInContext } from '../support/seeded-console.ts'

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''

test('the tutorial ticks itself off, says why, leads there, and starts over', async ({
  browser,
}) => {
  const seeded = await seedConsole(consoleUrl)
  const { own } = seeded
  const context = await signedInContext(browser, seeded)
  const page = await context.newPage()
  await page.goto(paths.environments())
  await page.getByRole('button', { name: 'Learn', exact: true }).click()
  const panel = page.getByRole('complementary', { name: 'Learn' })
  // The seed launched a cluster, made a key and produced by the console's own action.
  await expect(panel.getByText('3 of 7 steps done')).toBeVisible()
  await expect(panel.getByText(/two can read at once/)).toBeVisible()
  await expectAccessible(page, 'learn')

  // It stays open on the way to another page, and the step's button leads to where it is taken.
  await panel.getByRole('link', { name: 'Create topic' }).click()
  await expect(page.getByLabel('Topic name')).toBeVisible()
  const at = { envId: own.envId, clusterId: own.clusterId }
  successOf(
    await callAction(consoleUrl, {
      action: 'createTopic',
      page: paths.createTopic(at),
      argument: {
        ...at,
        name: 'by_the_book',
        partitions: '2',
        configs: { 'retention.ms': '86400000' },
      },
      cookie: own.cookie,
    }),
  )
  await expect(panel.getByText('4 of 7 steps done')).toBeVisible()
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
  await context.close()
})

test('a rate that was seen to move is ticked off', async ({ browser }) => {
  const seeded = await seedConsole(consoleUrl)
  const context = await signedInContext(browser, seeded)
  const page = await context.newPage()
  await page.goto(paths.topicOverview({ ...seeded.own, topic: 'tutorial_topic' }))
  await page.getByRole('button', { name: 'Learn', exact: true }).click()
  const panel = page.getByRole('complementary', { name: 'Learn' })
  await expect(panel.getByText(/of 7 steps done/)).toBeVisible()
  await seeded.produce('tutorial_topic', 20)
  const step = panel.getByRole('button', { name: /See the production rate move.*, done/ })
  await expect(step).toBeVisible({ timeout: 20_000 })
  await context.close()
})
