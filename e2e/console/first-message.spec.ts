import { expect } from '@playwright/test'
import { createCluster, messageRow, signOut, signUp } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { readKeyFile } from '../support/key-file.ts'

test('from an empty installation to a message that was produced by hand', async ({ page }) => {
  await signUp(page)
  const cluster = await createCluster(page, 'kafka_tutorial_cluster')
  const clusterId = cluster.split('/').at(-1) ?? ''
  expect(clusterId).toMatch(/^lkc-[0-9a-z]{6}$/)

  await test.step('an API key, and the file that programs read', async () => {
    await page.getByRole('link', { name: 'API Keys' }).click()
    await page.getByRole('link', { name: 'Create key' }).click()
    await expect(page.getByRole('radio', { name: /Global access/ })).toBeChecked()
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByText("This is the only time you'll see the secret.")).toBeVisible()
    // biome-ignore lint/performance/useDomNodeTextContent: What a person reads is what is meant.
    const key = await page.getByRole('definition').first().locator('span').first().innerText()
    await page.getByLabel('Description').fill('kafka_cluster_tutorial_api_key')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download and continue' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe(`api-key-${key}.txt`)
    const file = readKeyFile(await download.path())
    expect(file.clusterId).toBe(clusterId)
    expect(file.key).toBe(key)
    expect(file.key).toMatch(/^[A-Z2-7]{16}$/)
    expect(file.secret).toMatch(/^cflt[A-Za-z0-9+/]{60}$/)
    const row = page
      .getByRole('table', { name: 'API keys' })
      .getByRole('row')
      .filter({ hasText: key })
    await expect(row).toContainText('kafka_cluster_tutorial_api_key')
    await expect(row).toContainText('Maya Keller')
    await expect(page.getByText(file.secret)).toHaveCount(0)
  })

  await test.step('a topic with 2 partitions, kept for a day', async () => {
    await page.getByRole('link', { name: 'Topics', exact: true }).click()
    await page.getByRole('link', { name: 'Create topic' }).click()
    await page.getByLabel('Topic name').fill('tutorial_topic')
    await expect(page.getByLabel('Partitions')).toHaveValue('6')
    await page.getByLabel('Partitions').fill('2')
    await page.getByRole('button', { name: 'Show advanced settings' }).click()
    await page.getByLabel('Retention time').click()
    await page.getByRole('option', { name: '1 day' }).click()
    await page.getByRole('button', { name: 'Save & create' }).click()
    await expect(page.getByRole('heading', { name: 'tutorial_topic', level: 1 })).toBeVisible()
    await expect(page.getByText('2 partitions', { exact: true })).toBeVisible()
    await expect(page.getByText('Delete after 1 day')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'This topic is empty' })).toBeVisible()
  })

  await test.step('a message, which appears without a reload', async () => {
    await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
    const form = page.getByRole('complementary', { name: 'Produce a new message' })
    await expect(form.getByLabel('Key', { exact: true })).toHaveValue('18')
    await form.getByRole('button', { name: 'Add header' }).click()
    await form.getByLabel('Header 1 name').fill('source')
    await form.getByLabel('Header 1 value').fill('by hand')
    const before = Date.now()
    await form.getByRole('button', { name: 'Produce' }).click()
    await expect(form.getByRole('status')).toContainText('Written to partition 0 at offset 0')
    const row = messageRow(page, { partition: 0, offset: 0 })
    await expect(row.getByRole('cell').nth(1)).toHaveText('0')
    await expect(row.getByRole('cell').nth(2)).toHaveText('0')
    await expect(row.getByRole('cell').nth(3)).toHaveText('18')
    await expect(row.getByRole('cell').nth(4)).toContainText('orderid 18')
    await expect(row.getByRole('cell').nth(5)).toHaveText('source: by hand')
    const written = await row.getByRole('time').getAttribute('datetime')
    expect(Math.abs(Date.parse(written ?? '') - before)).toBeLessThan(60_000)
  })

  await test.step('its details, and a link that opens them again', async () => {
    await messageRow(page, { partition: 0, offset: 0 }).getByRole('button').click()
    const details = page.getByRole('complementary', { name: 'Message details' })
    await expect(details.getByRole('region', { name: 'Value' })).toContainText(
      '"itemid": "Item_184"',
    )
    await details.getByRole('tab', { name: /Headers/ }).click()
    await expect(details.getByRole('tabpanel')).toContainText('by hand')
    await page.reload()
    await expect(details.getByRole('region', { name: 'Value' })).toContainText('"orderid": 18')
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(details).toHaveCount(0)
  })

  await test.step('after signing out, a copied cookie opens nothing', async () => {
    const cookies = await page.context().cookies()
    const messages = page.url()
    const stream = messages
      .replace('/environments/', '/api/streams/environments/')
      .replace('message-viewer', 'messages?from=0:0')
    expect((await page.request.get(messages)).url()).toBe(messages)
    await signOut(page)
    await page.context().clearCookies()
    await page.context().addCookies(cookies)
    await page.goto(messages)
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect((await page.request.get(stream)).status()).toBe(401)
  })
})
