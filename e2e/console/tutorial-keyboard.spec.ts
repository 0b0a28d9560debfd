import { expect } from '@playwright/test'
import { messageRow } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { readKeyFile } from '../support/key-file.ts'
import { enter, open, type } from '../support/keyboard.ts'
import { newPerson } from '../support/organisation.ts'

test('the tutorial by keyboard alone, from signing up to a message by hand', async ({ page }) => {
  // Every key is a round trip to the browser, and there are some hundreds of them.
  test.slow()
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = (name: string) => page.getByRole('link', { name, exact: true }).first()

  await test.step('an account', async () => {
    const person = newPerson()
    await page.goto('/sign-up')
    await type(page, page.getByLabel('Full name'), person.name)
    await type(page, page.getByLabel('Email'), person.email)
    await type(page, page.getByLabel('Password', { exact: true }), person.password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Welcome to Tributary' })).toBeVisible()
  })

  await test.step('a cluster, in four steps', async () => {
    await enter(page, link('Add cluster'))
    const basic = page.getByRole('region', { name: 'Basic' })
    await enter(page, basic.getByRole('button', { name: 'Begin configuration' }))
    await expect(page.getByRole('radio', { name: /Google Cloud/ })).toBeChecked()
    await enter(page, button('Continue'))
    await enter(page, button('Skip payment'))
    await type(page, page.getByLabel('Cluster name'), 'kafka_tutorial_cluster')
    await enter(page, button('Launch cluster'))
    await expect(page.getByRole('heading', { name: 'What do you want to do next?' })).toBeVisible()
  })

  await test.step('an API key', async () => {
    await enter(page, link('API Keys'))
    await enter(page, link('Create key'))
    await enter(page, button('Next'))
    await type(page, page.getByLabel('Description'), 'by keyboard')
    const downloading = page.waitForEvent('download')
    await enter(page, button('Download and continue'))
    const { key } = readKeyFile(await (await downloading).path())
    await expect(page.getByRole('table', { name: 'API keys' })).toContainText(key)
  })

  await test.step('a topic with 2 partitions, kept for a day', async () => {
    await enter(page, link('Topics'))
    await enter(page, page.getByRole('main').getByRole('link', { name: 'Create topic' }))
    await expect(page.getByLabel('Topic name')).toBeFocused()
    await page.keyboard.type('tutorial_topic')
    await type(page, page.getByLabel('Partitions'), '2')
    await enter(page, button('Show advanced settings'))
    await open(page, page.getByRole('combobox', { name: 'Retention time', exact: true }))
    const oneDay = page.getByRole('option', { name: '1 day', exact: true })
    await expect(oneDay).toBeVisible()
    await page.keyboard.type('1 day')
    await expect(oneDay).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await enter(page, button('Save & create'))
    await expect(page.getByRole('heading', { name: 'tutorial_topic', level: 1 })).toBeVisible()
    await expect(page.getByText('2 partitions', { exact: true })).toBeVisible()
    await expect(page.getByText('Delete after 1 day')).toBeVisible()
  })

  await test.step('a message by hand', async () => {
    await enter(page, button('Produce a new message to this topic'))
    const form = page.getByRole('complementary', { name: 'Produce a new message' })
    await type(page, form.getByLabel('Key', { exact: true }), '18')
    await enter(page, form.getByRole('button', { name: 'Produce', exact: true }))
    await expect(form.getByRole('status')).toContainText('Written to partition 0 at offset 0')
    const row = messageRow(page, { partition: 0, offset: 0 })
    await expect(row.getByRole('cell').nth(3)).toHaveText('18')
  })
})
