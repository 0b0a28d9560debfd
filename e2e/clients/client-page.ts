/** The page *New client*, as somebody uses it who wants its programs: files are saved, commands read. */
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { listeningContext } from '../support/listening.ts'
import { createOrganisation, type OwnCluster, signedIn } from '../support/organisation.ts'
import type { Product } from '../support/product.ts'

export interface ClientPage {
  readonly page: Page
  readonly cluster: OwnCluster
  choose(language: string, library?: string): Promise<void>
  chooseTopic(topic: string): Promise<void>
  /** By the name of a radio button: a protocol, or a place. */
  press(name: string): Promise<void>
  /** Opens a tab, saves its file under its own name into a folder, and reads the commands below it. */
  save(tab: string, folder: string): Promise<SavedFile>
  saveAuthority(folder: string): Promise<void>
}

export interface SavedFile {
  /** What has to be there for the program; empty where there is nothing. */
  readonly install: string
  /** Starts it. */
  readonly start: string
}

/** The page of a fresh cluster, with topics, and a key that was made on it. */
export async function openClientPage(
  product: Product,
  browser: Browser,
  topics: readonly string[],
): Promise<ClientPage> {
  const organisation = await createOrganisation(product.consoleUrl)
  const cluster = await organisation.createCluster('snippets')
  for (const name of topics) await cluster.createTopic({ name, partitions: 2 })
  const context = listeningContext(await browser.newContext({ baseURL: product.consoleUrl }))
  await signedIn(context, organisation)
  const page = await context.newPage()
  await page.goto(paths.buildClient(cluster))
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByText('This is the only time you').waitFor()
  const press = (name: string) => page.getByRole('radio', { name, exact: true }).click()
  return {
    page,
    cluster,
    press,
    async choose(language, library) {
      await press(language)
      if (library !== undefined) await press(library)
    },
    async chooseTopic(topic) {
      await page.getByRole('combobox', { name: 'Topic' }).click()
      await page.getByRole('option', { name: topic, exact: true }).click()
    },
    async save(tab, folder) {
      await page.getByRole('tab', { name: tab, exact: true }).click()
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: /^Download \w+\.\w+$/ }).click()
      const download = await downloading
      await download.saveAs(join(folder, download.suggestedFilename()))
      const commands = page.getByRole('tabpanel').locator('pre')
      if ((await commands.count()) === 0) return { install: '', start: '' }
      const lines = ((await commands.textContent()) ?? '')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
      return { install: lines[0] ?? '', start: lines.at(-1) ?? '' }
    },
    async saveAuthority(folder) {
      const downloading = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download ca.pem' }).click()
      const download = await downloading
      await download.saveAs(join(folder, download.suggestedFilename()))
    },
  }
}
