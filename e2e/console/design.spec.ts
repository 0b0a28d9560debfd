import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'

// Parts of the kit that only a browser can show: a chart by keyboard and as a table, the drawer at
// the widths where it changes, and where the focus goes when an overlay closes.

test('a chart is read by arrow keys, and its newest value is its headline', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.cluster(seeded.own))
  const figure = page.getByRole('figure', { name: /^Production/ })
  const chart = figure.getByRole('application')
  await expect(chart).toBeVisible()
  await chart.focus()
  await expect(async () => {
    await page.keyboard.press('ArrowRight')
    await expect(figure.getByRole('status')).toContainText(/\d{2}:\d{2}:\d{2}/, { timeout: 500 })
  }).toPass()
  const before = await figure.getByRole('status').textContent()
  await page.keyboard.press('ArrowRight')
  await expect(figure.getByRole('status')).not.toHaveText(before ?? '')
})

test('a chart is a table, too: every value with its time', async ({ seeded, seededPage: page }) => {
  await page.goto(paths.cluster(seeded.own))
  const figure = page.getByRole('figure', { name: /^Production/ })
  await figure.getByRole('button', { name: 'Show as table' }).click()
  const rows = figure.getByRole('table').getByRole('row')
  await expect(rows.nth(1)).toContainText(/\d{2}:\d{2}:\d{2}/)
  await expect(rows.nth(1)).toContainText(/B\/s|no data/)
  await figure.getByRole('button', { name: 'Show as chart' }).click()
  await expect(figure.getByRole('application')).toBeVisible()
})

test('the drawer pushes, overlays, and comes from below, by width', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.topicMessages(seeded.own))
  await page
    .getByRole('button', { name: /^Show message at partition/ })
    .first()
    .click()
  const drawer = page.getByRole('complementary', { name: 'Message details' })
  const table = page.getByRole('table', { name: 'Messages' })
  const boxes = async (width: number) => {
    await page.setViewportSize({ width, height: 900 })
    const [left, right] = [await table.boundingBox(), await drawer.boundingBox()]
    if (left === null || right === null) throw new Error('Table and drawer are both in sight')
    return { table: left, drawer: right }
  }
  const wide = await boxes(1440)
  expect(wide.table.x + wide.table.width).toBeLessThanOrEqual(wide.drawer.x)
  const middle = await boxes(800)
  expect(middle.drawer.y).toBeGreaterThan(400)
  expect(middle.drawer.x + middle.drawer.width).toBeCloseTo(800, 0)
})

test('the drawer stays in sight while the page scrolls', async ({ seeded, seededPage: page }) => {
  await page.goto(paths.topicMessages(seeded.own))
  await page
    .getByRole('button', { name: /^Show message at partition/ })
    .first()
    .click()
  const close = page
    .getByRole('complementary', { name: 'Message details' })
    .getByRole('button', { name: 'Close' })
  await expect(close).toBeInViewport()
  await page.mouse.move(600, 500)
  await page.mouse.wheel(0, 5000)
  await expect(page.getByRole('heading', { name: seeded.own.topic, level: 1 })).not.toBeInViewport()
  await expect(close).toBeInViewport()
})

test('a dialog gives the focus back, also to the menu it was opened from', async ({
  seeded,
  seededPage: page,
}) => {
  await page.goto(paths.topicConfiguration(seeded.own))
  const actions = page.getByRole('button', { name: 'Actions' })
  await actions.click()
  await page.getByRole('menuitem', { name: 'Delete topic…' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(actions).toBeFocused()
})
