import { readFile } from 'node:fs/promises'
import { type Download, expect, type Locator, type Page } from '@playwright/test'
import type { ITopicConfig } from 'kafkajs'
import { paths } from '../../lib/paths.ts'
import { messageRow } from './console-pages.ts'
import { kafkajsWithKey } from './kafkajs-with-key.ts'
import type { KeyFile } from './key-file.ts'
import { untilListening } from './listening.ts'
import { createOrganisation, signedIn } from './organisation.ts'

/** The messages page of a topic, by role and label. */
export interface MessagesPage {
  readonly key: KeyFile
  readonly url: string
  readonly details: Locator
  readonly form: Locator
  readonly rows: Locator
  open(place: { readonly partition: number; readonly offset: number }): Promise<void>
  /** Chooses in one of the toolbar's lists. */
  choose(label: string, option: string): Promise<void>
  /** Exports as the menu's item says; resolves with the file's text. */
  exportAs(item: string): Promise<string>
}

/** Somebody new with a cluster, a key and a topic, whose messages page is open. */
export async function openMessages(
  page: Page,
  topic: ITopicConfig,
  fill?: (key: KeyFile) => Promise<void>,
): Promise<MessagesPage> {
  const organisation = await createOrganisation(process.env.TRIBUTARY_CONSOLE_URL ?? '')
  await signedIn(page.context(), organisation)
  const cluster = await organisation.createCluster('messages')
  const key = await cluster.createKey()
  const admin = kafkajsWithKey(key).admin()
  await admin.connect()
  // Records with timestamps of their own must not expire while the test looks at them.
  const configEntries = [{ name: 'retention.ms', value: '-1' }, ...(topic.configEntries ?? [])]
  await admin.createTopics({ topics: [{ ...topic, configEntries }], waitForLeaders: false })
  await admin.disconnect()
  await fill?.(key)
  const url = paths.topicMessages({ ...cluster, topic: topic.topic })
  await page.goto(url)
  await untilListening(page)
  return {
    key,
    url,
    details: page.getByRole('complementary', { name: 'Message details' }),
    form: page.getByRole('complementary', { name: 'Produce a new message' }),
    rows: page
      .getByRole('table', { name: 'Messages' })
      .getByRole('row')
      .filter({
        has: page.getByRole('button', { name: /^Show message at/ }),
      }),
    async open(place) {
      await messageRow(page, place).getByRole('button').click()
      await expect(page.getByRole('complementary', { name: 'Message details' })).toBeVisible()
    },
    async choose(label, option) {
      await page.getByRole('combobox', { name: label }).click()
      await page.getByRole('option', { name: option }).click()
    },
    async exportAs(item) {
      await page.getByRole('button', { name: 'Export messages' }).click()
      const downloading = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: item }).click()
      return textOf(await downloading)
    },
  }
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}
