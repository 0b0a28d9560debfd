import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'

test('environments are created, renamed, and deleted while they are empty', async ({
  page,
  organisation,
}) => {
  await page.goto(paths.home())
  await page.getByRole('link', { name: 'View environments' }).click()
  const table = page.getByRole('table', { name: 'Environments' })
  await expect(table.getByRole('row')).toHaveCount(2)

  await test.step('create', async () => {
    await page.getByRole('button', { name: 'Add environment' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Add environment' })
    const name = dialog.getByLabel('Environment name')
    await expect(name).toBeFocused()
    for (const [wrong, sentence] of [
      ['', 'Enter a name.'],
      [' staging', 'The name must not begin or end with a space.'],
      ['default', 'There is an environment with this name. Choose another name.'],
    ] as const) {
      await name.fill(wrong)
      await name.press('Enter')
      await expect(dialog.getByText(sentence)).toBeVisible()
    }
    await name.fill('staging')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(page.getByRole('heading', { name: 'staging', level: 1 })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'No clusters yet' })).toBeVisible()
  })

  await test.step('rename', async () => {
    await page.getByRole('button', { name: 'Actions for staging' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    const name = page.getByRole('alertdialog').getByLabel('Environment name')
    await expect(name).toHaveValue('staging')
    await name.fill('default')
    await name.press('Enter')
    await expect(page.getByText('There is an environment with this name.')).toBeVisible()
    await name.fill('production')
    await name.press('Enter')
    await expect(page.getByRole('heading', { name: 'production', level: 1 })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('production')
  })

  await test.step('one with a cluster cannot be deleted, and says so', async () => {
    await organisation.createCluster('only')
    await page.goto(paths.environments())
    await page.getByRole('button', { name: 'Actions for default' }).click()
    await page.getByRole('menuitem', { name: 'Delete environment…' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'default cannot be deleted yet' })
    await expect(dialog).toContainText('It has 1 cluster.')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toHaveCount(0)
  })

  await test.step('delete an empty one, by its typed name', async () => {
    await page.getByRole('button', { name: 'Actions for production' }).click()
    await page.getByRole('menuitem', { name: 'Delete environment…' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Delete production?' })
    const field = dialog.getByLabel('Type production to confirm')
    await field.fill('produce')
    await field.press('Enter')
    await expect(dialog).toBeVisible()
    await field.fill('production')
    await dialog.getByRole('button', { name: 'Delete environment' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(table.getByRole('link', { name: 'production' })).toHaveCount(0)
    await expect(table.getByRole('link', { name: 'default' })).toBeVisible()
  })
})

test('with many clusters a field finds one by name or id', async ({ page, organisation }) => {
  for (const name of ['alpha', 'beta', 'gamma', 'delta']) await organisation.createCluster(name)
  await page.goto(paths.environment(organisation))
  await expect(page.getByRole('heading', { name: 'Live (4)' })).toBeVisible()
  const search = page.getByRole('searchbox', { name: 'Search clusters' })
  await search.fill('GAM')
  await expect(page.getByRole('region', { name: 'gamma' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'alpha' })).toHaveCount(0)
  await search.fill('nothing of the kind')
  await expect(page.getByText(/No cluster's name or ID contains/)).toBeVisible()
})
