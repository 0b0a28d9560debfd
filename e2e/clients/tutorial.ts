import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { launchBrowser } from '../support/browser.ts'
import { createCluster, createTopic, signUp } from '../support/console-pages.ts'
import { listeningPage } from '../support/listening.ts'
import { startProduct } from '../support/product.ts'

/** What somebody has who followed the tutorial in a browser: a key file, a topic, an open page. */
export interface Tutorial {
  /** The downloaded file; all that the clients are given. */
  readonly keyFile: string
  /** Whose messages the page shows. */
  readonly topic: string
  /** Resolves when the open page, never reloaded, shows a message with this value. */
  seesRow(value: string): Promise<void>
  close(): Promise<void>
}

export async function openTutorial(): Promise<Tutorial> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-clients-'))
  const product = await startProduct()
  const browser = await launchBrowser()
  const page = listeningPage(await browser.newPage({ baseURL: product.consoleUrl }))
  const keyFile = join(folder, 'api-key.txt')
  const topic = 'tutorial_topic'
  async function close() {
    await browser.close()
    await product.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await signUp(page)
    await createCluster(page, 'kafka_tutorial_cluster')
    await downloadKey(page, keyFile)
    await createTopic(page, { name: topic, partitions: 2 })
  } catch (error) {
    // Nobody else could: no process may be left behind.
    await close()
    throw error
  }
  return {
    keyFile,
    topic,
    close,
    async seesRow(value) {
      const row = page.getByRole('table', { name: 'Messages' }).getByRole('row')
      await expect(row.filter({ hasText: value })).toBeVisible({ timeout: 30_000 })
    },
  }
}

async function downloadKey(page: Page, path: string) {
  await page.getByRole('link', { name: 'API Keys' }).click()
  await page.getByRole('link', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download and continue' }).click()
  await (await downloading).saveAs(path)
  await expect(page.getByRole('table', { name: 'API keys' })).toBeVisible()
}
