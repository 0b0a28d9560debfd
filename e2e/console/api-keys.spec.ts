import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'

test('a key is described anew, shows its connections, and is deleted by its name', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await page.goto(paths.apiKeys(cluster))
  const row = page.getByRole('table', { name: 'API keys' }).getByRole('row').filter({
    hasText: key.key,
  })
  await expect(row).toContainText('Maya Keller')
  await expect(page.getByText('1 of 50 that this cluster allows')).toBeVisible()

  await test.step('description', async () => {
    await page.getByRole('button', { name: `Actions for ${key.key}` }).click()
    await page.getByRole('menuitem', { name: 'Edit description…' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Edit description' })
    const field = dialog.getByLabel('Description')
    await field.fill('x'.repeat(257))
    await field.press('Enter')
    await expect(dialog.getByText('Use at most 256 characters.')).toBeVisible()
    await field.fill('<b>for the barge</b>')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(row).toContainText('<b>for the barge</b>')
  })

  await test.step('who would notice its deletion', async () => {
    const admin = kafkajsWithKey(key).admin()
    await admin.connect()
    try {
      await page.goto(paths.apiKeys(cluster))
      await page.getByRole('button', { name: `Actions for ${key.key}` }).click()
      await page.getByRole('menuitem', { name: 'Delete API key…' }).click()
      const dialog = page.getByRole('alertdialog', { name: `Delete ${key.key}?` })
      await expect(dialog).toContainText('<b>for the barge</b>')
      await expect(dialog).toContainText(/\d connections? used it when this page was loaded/)
      const field = dialog.getByLabel(`Type ${key.key} to confirm`)
      await field.fill(key.key.toLowerCase())
      await field.press('Enter')
      await expect(dialog).toBeVisible()
      await field.fill(key.key)
      await dialog.getByRole('button', { name: 'Delete API key' }).click()
      await expect(page.getByRole('heading', { name: 'No API keys yet' })).toBeVisible()
    } finally {
      await admin.disconnect()
    }
  })
})

test('a secret can be hidden and shown, and is in the page no more once it is left', async ({
  page,
  cluster,
}) => {
  await page.goto(paths.createApiKey(cluster))
  await page.getByRole('button', { name: 'Next' }).click()
  const secret = page.getByRole('definition').filter({ hasText: /cflt/ }).first()
  await expect(secret).toBeVisible()
  await page.getByRole('button', { name: 'Hide secret' }).click()
  await expect(page.getByText(/cflt[A-Za-z0-9+/]{60}/)).toHaveCount(0)
  await page.getByRole('button', { name: 'Show secret' }).click()
  await expect(page.getByText(/cflt[A-Za-z0-9+/]{60}/)).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Summary' })).toContainText(
    'The file you download',
  )
})
