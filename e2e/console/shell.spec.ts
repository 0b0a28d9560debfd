import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'

// What surrounds every page: finding one's way, by pointer and by keyboard alone.

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toBeFocused()
}

test('the palette jumps to a topic, by keyboard alone', async ({ seeded, seededPage: page }) => {
  await page.goto(paths.cluster(seeded.own))
  await openPalette(page)
  await page.keyboard.type('rides')
  const first = page.getByRole('option', { selected: true })
  await expect(first).toContainText('rides')
  // Topics come from the server, after the pages that the palette knows by itself.
  await expect(page.getByRole('option', { name: 'rides_fhv' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(first).toContainText('rides_fhv')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'rides', level: 1 })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the palette finds pages, keys, clusters and what can be created', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.cluster(seeded.own))
  for (const [typed, found] of [
    ['settings', 'Cluster Settings'],
    [seeded.own.key, seeded.own.key],
    [seeded.own.spare.clusterName, seeded.own.spare.clusterName],
    ['create topic', 'Create topic…'],
    ['create key', 'Create API key…'],
    ['add cluster', 'Add cluster…'],
  ] as const) {
    await openPalette(page)
    await page.keyboard.type(typed)
    await expect(page.getByRole('option', { name: found }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('the palette copies the bootstrap server and says so', async ({
  seeded,
  seededPage: page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(paths.topics(seeded.own))
  await openPalette(page)
  await page.keyboard.type('bootstrap')
  await expect(page.getByRole('option', { selected: true })).toContainText(/bootstrap/i)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Copied the bootstrap server.', { exact: true })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^[\w.-]+:\d+$/)
})

test('a name that nothing has says so, and Esc gives the focus back', async ({
  seededPage: page,
}) => {
  await page.goto(paths.home())
  await page.getByRole('button', { name: 'Search or jump to' }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toBeFocused()
  await page.keyboard.type('there is no such thing')
  await expect(page.getByText('Nothing is called “there is no such thing” here.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Search or jump to' }).first()).toBeFocused()
})

test('the breadcrumb leads to another cluster and environment', async ({
  seeded,
  seededPage: page,
}) => {
  const { own } = seeded
  await page.goto(paths.topics(own))
  await page.getByRole('button', { name: 'Switch cluster' }).click()
  await expect(page.getByRole('menuitem', { name: own.clusterName })).toHaveAttribute(
    'aria-current',
    'true',
  )
  await page.getByRole('menuitem', { name: own.spare.clusterName }).click()
  await expect(page).toHaveURL(new RegExp(`${own.spare.clusterId}/overview$`))
  await page.getByRole('button', { name: 'Switch environment' }).click()
  await page.getByRole('menuitem', { name: 'default' }).click()
  await expect(page).toHaveURL(new RegExp(`${own.envId}/clusters$`))
})

test('? lists the shortcuts, chords lead to pages, and typing is left alone', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.cluster(seeded.own))
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByRole('region', { name: 'Go to' })).toContainText('Topics')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page.getByRole('heading', { name: 'Topics', level: 1 })).toBeVisible()
  await openPalette(page)
  await page.keyboard.type('g h?')
  await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toHaveValue('g h?')
  await page.keyboard.press('Escape')
})

test('single keys can be switched off; combinations stay', async ({ seeded, seededPage: page }) => {
  await page.goto(paths.cluster(seeded.own))
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('switch', { name: 'Shortcuts of a single key' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('?')
  await openPalette(page)
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('switch', { name: 'Shortcuts of a single key' }).click()
  await page.keyboard.press('Escape')
})

test('the theme follows the system until one is chosen, and survives a reload', async ({
  seededPage: page,
}) => {
  const root = page.locator('html')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(paths.home())
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(root).toHaveAttribute('data-theme', 'light')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await page.reload({ waitUntil: 'commit' })
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  await expect(root).toHaveAttribute('data-theme', 'light')
})

test('the page of the kit is not part of the product', async ({ seededPage: page }) => {
  expect((await page.goto('/design'))?.status()).toBe(404)
})
