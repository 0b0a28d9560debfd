import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { type KeyFile, readKeyFile } from './key-file.ts'
import { listeningContext, untilListening } from './listening.ts'
import { newPerson, type Person } from './organisation.ts'

/** The ways through the pages, by role and label; flows about something else begin in `flow-test.ts`. */

export async function signUp(page: Page, person = newPerson()): Promise<Person> {
  await page.goto('/sign-up')
  await page.getByLabel('Full name').fill(person.name)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome to Tributary' })).toBeVisible()
  await untilListening(page)
  return person
}

export async function signIn(page: Page, person: Person): Promise<void> {
  // Signing out and deleting an account load this page anew.
  await untilListening(page)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}

/** From Home through the four steps to the overview of a new cluster; resolves with its address. */
export async function createCluster(page: Page, name: string): Promise<string> {
  await page.goto('/home')
  await page.getByRole('link', { name: 'Add cluster' }).click()
  const basic = page.getByRole('region', { name: 'Basic' })
  await basic.getByRole('button', { name: 'Begin configuration' }).click()
  await page.getByRole('radio', { name: /Google Cloud/ }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Skip payment' }).click()
  await page.getByLabel('Cluster name').fill(name)
  await page.getByRole('button', { name: 'Launch cluster' }).click()
  await expect(page.getByRole('heading', { name: 'What do you want to do next?' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the cluster' }).click()
  await expect(page.getByRole('heading', { name: 'Cluster Overview' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Running')).toBeVisible()
  return page.url().replace(/\/overview$/, '')
}

/** On any page of a cluster: makes a topic and stays on its messages. */
export async function createTopic(
  page: Page,
  topic: { readonly name: string; readonly partitions: number },
): Promise<void> {
  await page.getByRole('link', { name: 'Topics', exact: true }).first().click()
  await page.getByRole('link', { name: /^(Create|Add) topic$/ }).click()
  await page.getByLabel('Topic name').fill(topic.name)
  await page.getByLabel('Partitions').fill(String(topic.partitions))
  await page.getByRole('button', { name: 'Create with defaults' }).click()
  await expect(page.getByRole('heading', { name: topic.name, level: 1 })).toBeVisible()
}

/** The line of the messages table that shows this record. */
export function messageRow(
  page: Page,
  place: { readonly partition: number; readonly offset: number },
): Locator {
  const button = `Show message at partition ${place.partition}, offset ${place.offset}`
  return page
    .getByRole('table', { name: 'Messages' })
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: button, exact: true }) })
}

/** A page in a browser context of its own: nobody is signed in there. */
export async function strangersPage(browser: Browser): Promise<Page> {
  return listeningContext(await browser.newContext()).newPage()
}

/** On any page of a cluster: makes an API key; resolves with the file that was downloaded. */
export async function createApiKey(page: Page): Promise<KeyFile> {
  await page.getByRole('link', { name: 'API Keys', exact: true }).click()
  await page.getByRole('link', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download and continue' }).click()
  const file = readKeyFile(await (await downloading).path())
  await expect(page.getByRole('table', { name: 'API keys' })).toContainText(file.key)
  return file
}
