import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { strangersPage } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { pageRows } from './isolation/pages.ts'
import type { Tenant } from './isolation/tenant.ts'

// Every page of app/ with something in it, every menu, dialog and drawer, in light and dark. The
// table of pages is compared with app/ in isolation/tables.spec.ts, so that none can be missing.

// Axe looks at every element twice; a busy machine takes its time.
test.setTimeout(180_000)

for (const [pattern, row] of Object.entries(pageRows)) {
  if ('leadsTo' in row.answer) continue
  test(`${pattern} has no serious finding`, async ({ page: guestPage, seeded, seededPage }) => {
    const page = row.whose === 'everyone' ? guestPage : seededPage
    await page.goto(row.path(seeded.own))
    await settled(page)
    await expectAccessible(page, pattern)
  })
}

/** Pages whose menus hold what opens a dialog: an item that ends in an ellipsis. */
const pagesWithMenus: Readonly<Record<string, (own: Tenant) => string>> = {
  Home: paths.home,
  'the environments': paths.environments,
  'the environment': paths.environment,
  'the API keys': paths.apiKeys,
  'the topic': (own) => paths.topicConfiguration(own),
  'the consumer group': (own) => paths.consumerLag(own, { group: own.group }),
}

for (const [name, path] of Object.entries(pagesWithMenus)) {
  test(`menus of ${name} and the dialogs behind them have no serious finding`, async ({
    seeded,
    seededPage: page,
  }) => {
    await page.goto(path(seeded.own))
    await settled(page)
    const place = name === 'Home' ? page.getByRole('banner') : page.getByRole('main')
    const triggers = place.locator('button[aria-haspopup="menu"]:visible')
    const judged = new Set<string>()
    for (const trigger of (await triggers.all()).slice(0, 6)) {
      await openMenu(page, trigger)
      // The rows of a table have the same menu each.
      const entries = (await page.getByRole('menu').allTextContents()).join()
      if (judged.has(entries)) {
        await page.keyboard.press('Escape')
        continue
      }
      judged.add(entries)
      await expectAccessible(page, `a menu of ${name}`, { within: '[role=menu]' })
      const items = await page.getByRole('menuitem', { name: /…$/ }).allTextContents()
      await page.keyboard.press('Escape')
      for (const item of items) {
        await openMenu(page, trigger)
        await page.getByRole('menuitem', { name: item }).click()
        await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible()
        await expectAccessible(page, item, { within: '[role=alertdialog], [role=dialog]' })
        await page.keyboard.press('Escape')
        await expect(page.getByRole('alertdialog')).toHaveCount(0)
      }
    }
  })
}

test('the palette, the shortcuts and a toast have no serious finding', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.topics(seeded.own))
  await settled(page)
  await page.getByRole('button', { name: 'Search or jump to' }).first().click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectAccessible(page, 'the palette', { within: '[role=dialog]' })
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill('copy cluster id')
  await expect(page.getByRole('option', { selected: true })).toContainText(/cluster id/i)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^(Copied|The browser did not)/).first()).toBeVisible()
  await expectAccessible(page, 'a toast')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectAccessible(page, 'the shortcuts', { within: '[role=dialog]' })
})

test('the drawers of the messages have no serious finding', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.topicMessages(seeded.own))
  await settled(page)
  const newest = page.getByRole('button', { name: /^Show message at partition/ }).first()
  await newest.click()
  await expect(page.getByRole('complementary', { name: 'Message details' })).toBeVisible()
  await expectAccessible(page, 'message details', { within: 'aside' })
  await page.getByRole('button', { name: /^Produce a new message/ }).click()
  await expect(page.getByRole('complementary', { name: /Produce/ })).toBeVisible()
  await expectAccessible(page, 'produce a message', { within: 'aside' })
})

test('deleting a cluster and the two steps of a key have no serious finding', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.clusterSettings(seeded.own))
  await page.getByRole('button', { name: 'Delete cluster' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectAccessible(page, 'delete cluster', { within: '[role=alertdialog]' })
  await page.goto(paths.createApiKey(seeded.own))
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText("This is the only time you'll see the secret.")).toBeVisible()
  await expectAccessible(page, 'the key')
})

test('what is empty, wrong or not there has no serious finding', async ({
  page,
  browser,
  organisation,
}) => {
  const guest = await strangersPage(browser)
  await guest.goto(paths.signUp())
  await guest.getByRole('button', { name: 'Sign up' }).click()
  await expect(guest.getByText('Enter a name.')).toBeVisible()
  await expectAccessible(guest, 'sign up with errors')
  await guest.context().close()
  await page.goto(paths.home())
  await expectAccessible(page, 'the first home')
  await page.goto(paths.environment(organisation))
  await expect(page.getByRole('heading', { name: 'No clusters yet' })).toBeVisible()
  await expectAccessible(page, 'an empty environment')
  await page.goto('/nothing-here')
  await expectAccessible(page, 'not found')
})

test('a cluster without topics and a topic without records have no serious finding', async ({
  seeded,
  seededPage: page,
}) => {
  const spare = { ...seeded.own, clusterId: seeded.own.spare.clusterId }
  for (const path of [
    paths.cluster(spare),
    paths.topics(spare),
    paths.apiKeys(spare),
    paths.topicMessages({ ...seeded.own, topic: seeded.own.quietTopic }),
  ]) {
    await page.goto(path)
    await settled(page)
    await expectAccessible(page, `empty: ${path}`)
  }
})

/** The page has its heading and nothing of it is still on its way. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

async function openMenu(page: Page, trigger: Locator): Promise<void> {
  await trigger.click()
  await expect(page.getByRole('menu')).toBeVisible()
}
