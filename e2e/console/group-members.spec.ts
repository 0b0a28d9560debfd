import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { test } from '../support/flow-test.ts'
import { produceWithKey } from '../support/kafkajs-with-key.ts'
import { type MemberProcess, startMember } from '../support/member-process.ts'

// Programs in processes of their own make up a group; one of them is killed as `kill -9` does.

/** The shortest that a broker takes. */
const sessionTimeoutMs = 6000

test('a member that is killed stays until its session times out, then the idle one takes over', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 2 })
  const messages = [0, 1].map((partition) => ({ partition, value: 'a ride' }))
  await produceWithKey(key, 'rides', messages)
  const members = ['one', 'two', 'three'].map((clientId) =>
    startMember(key, { groupId: 'riders', topic: 'rides', clientId, sessionTimeoutMs }),
  )
  try {
    await page.goto(paths.consumerLag(cluster, { group: 'riders' }))
    const table = page.getByRole('table', { name: 'Members' })
    await expect(table.getByRole('row')).toHaveCount(4)
    await expect(table).toContainText('No partition: more members than partitions')
    await expect(page.getByText('2 partitions, 3 consumers: one has nothing to read')).toBeVisible()
    const [reading, idle] = await settled(members, table)
    await expect(rowOf(table, idle)).toContainText('Idle')
    await expect(rowOf(table, reading)).toContainText(/rides [01]$/)
    await expect(page.getByRole('button', { name: 'Reset offsets' })).toBeDisabled()
    await expectAccessible(page, 'a group with an idle member')
    await markPage(page)

    const killedMs = Date.now()
    reading.kill()
    await idle.given((partitions) => partitions.length === 1)
    // It had been heard from within the last second.
    expect(Date.now() - killedMs).toBeGreaterThan(sessionTimeoutMs / 2)
    await expect(rowOf(table, idle)).toContainText(/rides [01]$/)
    await expect(rowOf(table, reading)).toHaveCount(0)
    await expect(table.getByRole('row')).toHaveCount(3)
    await expect(page.getByText('Idle', { exact: true })).toHaveCount(0)
    await expect(page.getByText(/have nothing to read|has nothing to read/)).toHaveCount(0)
    expect(await isMarked(page), 'The page was loaded again').toBe(true)
  } finally {
    for (const member of members) member.kill()
  }

  await test.step('and when the others have gone too, its offsets can be reset', async () => {
    await expect(page.getByText('Nobody reads: the group has no members.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Reset offsets' })).toBeVisible()
    expect(await isMarked(page), 'The page was loaded again').toBe(true)
  })
})

/** Once everybody has joined: one that reads something, and the one that does not. */
async function settled(
  members: readonly MemberProcess[],
  table: Locator,
): Promise<readonly [MemberProcess, MemberProcess]> {
  await Promise.all(members.map((member) => member.given(() => true)))
  // The last generation is the one that the page shows: two that read one each, and one that does not.
  await expect(table.getByRole('row').filter({ hasText: 'rides' })).toHaveCount(2)
  await expect(table.getByRole('row').filter({ hasText: 'Idle' })).toHaveCount(1)
  const idleText = await table.getByRole('row').filter({ hasText: 'Idle' }).textContent()
  const idle = members.find(({ clientId }) => idleText?.startsWith(clientId))
  const reading = members.find((member) => member !== idle)
  if (idle === undefined || reading === undefined) throw new Error(`Who is idle? ${idleText}`)
  await reading.given((partitions) => partitions.length === 1)
  return [reading, idle]
}

function rowOf(table: Locator, { clientId }: MemberProcess): Locator {
  const name = table.page().getByRole('cell', { name: clientId, exact: true })
  return table.getByRole('row').filter({ has: name })
}

/** A mark that a page loses when it is loaded again. */
async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => document.body.setAttribute('data-seen', 'yes'))
}

async function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.body.getAttribute('data-seen') === 'yes')
}
