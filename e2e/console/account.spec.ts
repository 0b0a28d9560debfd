import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { signIn, signUp, strangersPage } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { newPerson } from '../support/organisation.ts'

async function openAccountItem(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('a new password signs out every other session, and is the one from then on', async ({
  page,
  browser,
  organisation,
}) => {
  const { person } = organisation
  await page.goto(paths.home())
  const elsewhere = await strangersPage(browser)
  await elsewhere.goto('/sign-in')
  await signIn(elsewhere, person)
  await expect(elsewhere.getByRole('button', { name: /^Account of/ })).toBeVisible()

  await openAccountItem(page, 'Change password…')
  await page.getByLabel('Current password').fill(person.password)
  await page.getByLabel('New password').fill('another river')
  await page.getByRole('button', { name: 'Change password' }).click()
  const said = 'Password changed. Your other sessions are signed out.'
  await expect(page.getByText(said, { exact: true })).toBeVisible()

  await elsewhere.reload()
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signIn(elsewhere, person)
  await expect(elsewhere.getByRole('main').getByRole('alert')).toBeVisible()
  await signIn(elsewhere, { ...person, password: 'another river' })
  await expect(elsewhere.getByRole('button', { name: /^Account of/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible()
  await elsewhere.context().close()
})

test('a wrong current password and a short new one change nothing', async ({
  page,
  organisation,
}) => {
  const { person } = organisation
  await page.goto(paths.home())
  await openAccountItem(page, 'Change password…')
  const dialog = page.getByRole('alertdialog', { name: 'Change password' })
  await expect(dialog.getByLabel('Current password')).toBeFocused()
  await dialog.getByLabel('Current password').fill(person.password)
  await dialog.getByLabel('New password').fill('short')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Use at least 8 characters.')).toBeVisible()
  await expect(dialog.getByLabel('New password')).toBeFocused()
  await dialog.getByLabel('Current password').fill('not this one')
  await dialog.getByLabel('New password').fill('long enough now')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('This is not your current password.')).toBeVisible()
  await expect(dialog.getByLabel('Current password')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await openAccountItem(page, 'Sign out')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signIn(page, person)
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible()
})

test('deleting the account takes its cluster along; the email is free again', async ({
  page,
  browser,
  organisation,
}) => {
  const { person } = organisation
  await page.goto(paths.home())
  const elsewhere = await strangersPage(browser)
  await elsewhere.goto('/sign-in')
  await signIn(elsewhere, person)
  await expect(elsewhere.getByRole('button', { name: /^Account of/ })).toBeVisible()
  const cluster = paths.cluster(await organisation.createCluster('to_be_left'))

  await openAccountItem(page, 'Delete account…')
  const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' })
  await dialog.getByLabel('Current password').fill('not this one')
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(dialog.getByText('This is not your current password.')).toBeVisible()
  await dialog.getByLabel('Current password').fill(person.password)
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await elsewhere.goto(cluster)
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signIn(page, person)
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(
    'The email or the password is not right.',
  )
  await signUp(page, { ...newPerson(), email: person.email })
  expect((await page.goto(cluster))?.status()).toBe(404)
  await elsewhere.context().close()
})
