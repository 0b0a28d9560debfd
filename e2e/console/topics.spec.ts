import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { messageRow } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { produceWithKey } from '../support/kafkajs-with-key.ts'
import { enter, open } from '../support/keyboard.ts'

// Figures come with the next sample of 5 s.
test.slow()

/** Chooses from a select by its label. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** The line of a setting, by its name in Kafka. */
const settingRow = (page: Page, name: string): Locator =>
  page
    .getByRole('table', { name: 'Settings' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })

test('a topic with settings of its own, and what the broker thinks of bad ones', async ({
  page,
  cluster,
}) => {
  await page.goto(paths.createTopic(cluster))
  const summary = page.getByRole('complementary', { name: 'Summary' })

  await test.step('a form without a name says so beside the field', async () => {
    await page.getByRole('button', { name: 'Create with defaults' }).click()
    await expect(page.getByText('Required')).toBeVisible()
    await expect(page.getByLabel('Topic name')).toBeFocused()
    await page.getByLabel('Topic name').fill('no spaces')
    await page.getByLabel('Partitions').fill('0')
    await page.getByRole('button', { name: 'Create with defaults' }).click()
    await expect(page.getByText(/^Topic name is invalid: 'no spaces' contains/)).toBeVisible()
    await expect(page.getByText('Number of partitions must be larger than 0.')).toBeVisible()
    await page.getByLabel('Partitions').fill('many')
    await page.getByRole('button', { name: 'Create with defaults' }).click()
    await expect(page.getByText('Enter a whole number.')).toBeVisible()
  })

  await test.step('more partitions than the cluster has room for', async () => {
    await page.getByLabel('Topic name').fill('careful_topic')
    await page.getByLabel('Partitions').fill('1501')
    await page.getByRole('button', { name: 'Create with defaults' }).click()
    await expect(page.getByText(/^You may not create more than 1500 new partitions/)).toBeVisible()
    await page.getByLabel('Partitions').fill('4')
  })

  await test.step('infinite retention is a switch and a choice', async () => {
    await page.getByRole('switch', { name: 'Enable infinite retention for this topic' }).click()
    await expect(summary).toContainText('Retention timeInfinite')
    await page.getByRole('button', { name: 'Show advanced settings' }).click()
    await choose(page, 'Retention time', '1 day')
    await expect(
      page.getByRole('switch', { name: 'Enable infinite retention for this topic' }),
    ).not.toBeChecked()
    await expect(summary).toContainText('Retention time1 day')
  })

  await test.step('a value of one’s own, in units', async () => {
    await choose(page, 'Retention time', 'Custom…')
    await page.getByLabel('Retention time, custom', { exact: true }).fill('soon')
    await expect(
      page.getByText(
        'Invalid value soon for configuration retention.ms: Not a number of type LONG',
      ),
    ).toBeVisible()
    await page.getByLabel('Retention time, custom', { exact: true }).fill('36')
    await choose(page, 'Unit of Retention time, custom', 'hours')
    await expect(summary).toContainText('Retention time36 hours')
    await choose(page, 'Maximum message size', 'Custom…')
    await page.getByLabel('Maximum message size, custom', { exact: true }).fill('9')
    await choose(page, 'Unit of Maximum message size, custom', 'MB')
    await expect(
      page.getByText(
        "Config property 'max.message.bytes' with value '9437184' exceeded max limit of 8388608.",
      ),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Save & create' }).click()
    await expect(page.getByLabel('Maximum message size, custom', { exact: true })).toBeFocused()
    await choose(page, 'Maximum message size', '8 MB')
  })

  await test.step('expert mode shows every setting that may be changed', async () => {
    await page.getByRole('button', { name: 'Switch to expert mode' }).click()
    await choose(page, 'Timestamp type', 'LogAppendTime')
    await choose(page, 'Minimum in-sync replicas', '1')
    await page.getByRole('button', { name: 'Save & create' }).click()
    await expect(page.getByRole('heading', { name: 'careful_topic', level: 1 })).toBeVisible()
  })

  await test.step('the configuration says what was set, and what was not', async () => {
    await page.getByRole('link', { name: 'Configuration', exact: true }).click()
    await expect(settingRow(page, 'retention.ms')).toContainText('36 hours129600000')
    await expect(settingRow(page, 'retention.ms')).toContainText('Set on this topic')
    await expect(settingRow(page, 'max.message.bytes')).toContainText('8 MB8388608')
    await expect(settingRow(page, 'message.timestamp.type')).toContainText('LogAppendTime')
    await expect(settingRow(page, 'segment.bytes')).toContainText('Cluster default')
    await expect(settingRow(page, 'compression.type')).toContainText('Kafka default')
    await expect(page.getByText('4 of 28 set on this topic')).toBeVisible()
  })
})

test('settings are edited, partitions added, the topic emptied and deleted', async ({
  page,
  cluster,
}) => {
  await cluster.createTopic({ name: 'changing_topic', partitions: 2 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'changing_topic' }))
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).first().click()
  await page.getByRole('button', { name: 'Produce', exact: true }).click()
  await expect(messageRow(page, { partition: 0, offset: 0 })).toBeVisible()

  await test.step('settings', async () => {
    await page.getByRole('link', { name: 'Configuration', exact: true }).click()
    await page.getByRole('link', { name: 'Edit settings' }).click()
    const save = page.getByRole('button', { name: 'Save changes' })
    await expect(save).toHaveAttribute('aria-disabled', 'true')
    await choose(page, 'Segment size', 'Custom…')
    await page.getByLabel('Segment size, custom', { exact: true }).fill('1')
    await expect(page.getByText(/exceeded min limit of 52428800\./)).toBeVisible()
    await save.click()
    await expect(page.getByLabel('Segment size, custom', { exact: true })).toBeFocused()
    await choose(page, 'Segment size', '50 MB')
    await choose(page, 'Retention time', '3 days')
    await expect(page.getByRole('region', { name: 'Changes' })).toContainText('1 week3 days')
    await save.click()
    await expect(
      page.getByText('Saved 2 settings of changing_topic', { exact: true }),
    ).toBeVisible()
    await expect(settingRow(page, 'retention.ms')).toContainText('3 days')
    await expect(page.getByText('Delete after 3 days')).toBeVisible()
    await page.getByRole('link', { name: 'Edit settings' }).click()
    await choose(page, 'Segment size', '100 MB (default)')
    await save.click()
    await expect(settingRow(page, 'segment.bytes')).toContainText('Cluster default')
  })

  await test.step('partitions', async () => {
    await page.getByRole('radio', { name: 'Partitions (2)' }).click()
    const rows = page.getByRole('table', { name: 'Partitions' }).getByRole('row')
    await expect(rows).toHaveCount(3)
    await expect(rows.nth(1)).toContainText(/Broker [123].*all in sync/)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Increase partitions…' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText('new messages of a key may go to another partition')
    await dialog.getByLabel('Number of partitions').fill('1')
    await dialog.getByRole('button', { name: 'Increase partitions' }).click()
    await expect(dialog.getByText(/currently has 2 partitions/)).toBeVisible()
    await dialog.getByLabel('Number of partitions').fill('5')
    await dialog.getByRole('button', { name: 'Increase partitions' }).click()
    await expect(page.getByRole('radio', { name: 'Partitions (5)' })).toBeVisible()
    await expect(rows).toHaveCount(6)
  })

  await test.step('emptying, once the name is typed', async () => {
    const first = page.getByRole('table', { name: 'Partitions' }).getByRole('row').nth(1)
    await expect(first.getByRole('cell').nth(5)).toHaveText('1')
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Empty topic…' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByLabel('Type changing_topic to confirm').fill('changing')
    await expect(dialog.getByRole('button', { name: 'Empty topic' })).toBeDisabled()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeVisible()
    await dialog.getByLabel('Type changing_topic to confirm').fill('changing_topic')
    await dialog.getByRole('button', { name: 'Empty topic' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(first.getByRole('cell').nth(3)).toHaveText('1')
    await expect(first.getByRole('cell').nth(5)).toHaveText('0')
  })

  await test.step('deleting, once the name is typed', async () => {
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete topic…' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByLabel('Type changing_topic to confirm').fill('changing_topic')
    await dialog.getByRole('button', { name: 'Delete topic' }).click()
    await expect(page.getByRole('heading', { name: 'No topics yet' })).toBeVisible()
  })
})

test('the overview shows what flows through a topic as it flows', async ({ page, cluster }) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'flowing_topic', partitions: 1 })
  await page.goto(paths.topicOverview({ ...cluster, topic: 'flowing_topic' }))
  await expect(page.getByText('Connect to your topic')).toBeVisible()
  await produceWithKey(key, 'flowing_topic', [{ value: 'x'.repeat(80_000) }])
  const production = page.getByRole('figure', { name: 'Production (bytes/sec)' })
  // The headline has it for one step only, the table from then on.
  await production.getByRole('button', { name: 'Show as table' }).click()
  // 78.1 KB in a step of 5 s, which a busy machine draws out.
  await expect(production).toContainText(/1\d\.\d KB\/s/)
  const storage = page.getByRole('figure', { name: 'Storage (bytes)' })
  await expect(storage).toContainText('78.2 KB')
  await expect(page.getByText('Connect to your topic')).toHaveCount(0)
  await storage.getByRole('button', { name: 'Show as table' }).click()
  await expect(storage.getByRole('table')).toContainText('78.2 KB')
  await page.getByRole('combobox', { name: 'Time range' }).click()
  await page.getByRole('option', { name: 'Last hour' }).click()
  await expect(page).toHaveURL(/interval=3600000/)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Time range' })).toHaveText('Last hour')
  await expect(page.getByText('1 message when opened')).toBeVisible()
})

test('a topic is made, changed and deleted by keyboard alone', async ({ page, cluster }) => {
  await page.goto(paths.topics(cluster))
  await enter(page, page.getByRole('main').getByRole('link', { name: 'Create topic' }))
  await expect(page.getByLabel('Topic name')).toBeFocused()
  await page.keyboard.type('typed')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Partitions')).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('2')
  await enter(page, page.getByRole('button', { name: 'Show advanced settings' }))
  await open(page, page.getByRole('combobox', { name: 'Retention time', exact: true }))
  await page.getByRole('option', { name: '1 week (default)' }).waitFor()
  await page.keyboard.type('1 day')
  await page.keyboard.press('Enter')
  await enter(page, page.getByRole('button', { name: 'Save & create' }))
  await expect(page.getByRole('heading', { name: 'typed', level: 1 })).toBeVisible()
  await expect(page.getByText('Delete after 1 day')).toBeVisible()
  await open(page, page.getByRole('button', { name: 'Actions' }))
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete topic…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Type typed to confirm')).toBeFocused()
  await page.keyboard.type('typed')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No topics yet' })).toBeVisible()
})
