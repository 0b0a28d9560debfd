import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'

test('topic, key and cluster are deleted by their typed names, and are gone for programs too', async ({
  page,
  organisation,
}) => {
  const cluster = await organisation.createCluster('short_lived')
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'short-lived', partitions: 1 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'short-lived' }))
  const admin = kafkajsWithKey(key).admin()
  await admin.connect()
  expect(await admin.listTopics()).toEqual(['short-lived'])

  await test.step('the topic', async () => {
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete topic…' }).click()
    const dialog = page.getByRole('alertdialog')
    const field = dialog.getByLabel('Type short-lived to confirm')
    await expect(field).toBeFocused()
    await field.fill('short')
    await field.press('Enter')
    await expect(dialog).toBeVisible()
    await field.fill('short-lived')
    await dialog.getByRole('button', { name: 'Delete topic' }).click()
    await expect(page.getByRole('heading', { name: 'No topics yet' })).toBeVisible()
    expect(await admin.listTopics()).toEqual([])
  })

  await test.step('the key', async () => {
    await page.getByRole('link', { name: 'API Keys' }).click()
    await page.getByRole('button', { name: `Actions for ${key.key}` }).click()
    await page.getByRole('menuitem', { name: 'Delete API key…' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByLabel(`Type ${key.key} to confirm`).fill(key.key)
    await dialog.getByRole('button', { name: 'Delete API key' }).click()
    await expect(page.getByRole('heading', { name: 'No API keys yet' })).toBeVisible()
    await expect(kafkajsWithKey(key).admin().connect()).rejects.toThrow(/SASL/)
    await admin.disconnect()
  })

  await test.step('the cluster', async () => {
    await page.getByRole('link', { name: 'Cluster Settings' }).click()
    await page.getByRole('button', { name: 'Delete cluster' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByLabel('Type short_lived to confirm').fill('short_lived')
    await dialog.getByRole('button', { name: 'Delete cluster' }).click()
    await expect(page.getByRole('heading', { name: 'No clusters yet' })).toBeVisible()
    const answer = await page.goto(paths.cluster(cluster))
    expect(answer?.status()).toBe(404)
  })
})

test('errors stand beside their fields, in Kafka’s words', async ({ page, cluster }) => {
  await cluster.createTopic({ name: 'taken', partitions: 1 })
  await page.goto(paths.createTopic(cluster))
  const create = page.getByRole('button', { name: 'Create with defaults' })

  await create.click()
  await expect(page.getByText('Required')).toBeVisible()
  await expect(page.getByLabel('Topic name')).toBeFocused()
  await page.getByLabel('Topic name').fill('taken')
  await create.click()
  await expect(page.getByText("Topic 'taken' already exists.")).toBeVisible()
  await page.getByLabel('Topic name').fill('other')
  await page.getByLabel('Partitions').fill('0')
  await create.click()
  await expect(page.getByText('Number of partitions must be larger than 0.')).toBeVisible()
  await page.getByLabel('Partitions').fill('2000')
  await create.click()
  await expect(
    page
      .getByRole('main')
      .getByText(/partitions/i)
      .filter({ hasText: '1500' }),
  ).toBeVisible()
})
