import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { signIn, signOut, signUp, strangersPage } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { createOrganisation, newPerson } from '../support/organisation.ts'

/** Somebody with an account who is not signed in here. */
async function registered() {
  return (await createOrganisation(process.env.TRIBUTARY_CONSOLE_URL ?? '')).person
}

test('signing in leads back to the page that was asked for', async ({ page }) => {
  const person = await signUp(page)
  await signOut(page)
  await page.goto('/environments')
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fenvironments$/)
  await signIn(page, person)
  await expect(page.getByRole('heading', { name: 'Environments' })).toBeVisible()
})

test('a wrong password and an unknown e-mail are answered alike', async ({ page }) => {
  const person = await registered()
  for (const wrong of [{ ...person, password: 'not this one' }, newPerson()]) {
    await page.goto('/sign-in')
    await signIn(page, wrong)
    // Next has an alert of its own for page titles.
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(
      'The email or the password is not right.',
    )
  }
  await page.goto('/home')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('after ten wrong passwords even the right one has to wait', async ({ page }) => {
  const person = await registered()
  await page.goto(paths.signIn())
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const { origin } = new URL(page.url())
  for (let i = 0; i < 10; i++) {
    await page.request.post('/api/auth/callback/credentials', {
      headers: { origin },
      form: { csrfToken, email: person.email, password: `wrong ${i}`, json: 'true' },
    })
  }
  await signIn(page, person)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Too many attempts')
})

test('an e-mail has one account, whatever its case', async ({ page }) => {
  const person = await registered()
  await page.goto(paths.signUp())
  await page.getByLabel('Full name').fill('Somebody')
  await page.getByLabel('Email').fill(person.email.toUpperCase())
  await page.getByLabel('Password', { exact: true }).fill('long enough')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByText('An account with this email exists. Log in instead.')).toBeVisible()
})

test('what belongs to somebody else is not there', async ({ cluster, browser }) => {
  const stranger = await strangersPage(browser)
  await signUp(stranger)
  const answer = await stranger.goto(paths.topics(cluster))
  expect(answer?.status()).toBe(404)
  await expect(stranger.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await stranger.goto('/environments')
  await stranger.getByRole('link', { name: 'default' }).click()
  await expect(stranger.getByRole('heading', { name: 'No clusters yet' })).toBeVisible()
  await stranger.context().close()
})
