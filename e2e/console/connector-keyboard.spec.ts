import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { connectorRow, figureAbove, outputFormat, stateOf } from '../support/connectors.ts'
import { test } from '../support/flow-test.ts'
import { readKeyFile } from '../support/key-file.ts'
import { arrowTo, enter, open, tabTo, type } from '../support/keyboard.ts'
import { untilListening } from '../support/listening.ts'

// From where tutorial-keyboard.spec.ts ends: there is a cluster with tutorial_topic.

test('the rest of the tutorial by keyboard alone, from the connector to rides', async ({
  page,
  organisation,
  cluster,
}) => {
  // Every key is a round trip to the browser, and there are some hundreds of them.
  test.slow()
  await cluster.createTopic({ name: 'tutorial_topic', partitions: 2 })
  await page.goto(paths.cluster(cluster))

  await test.step('a connector, in five steps', async () => {
    await enter(page, link(page, 'Connectors'))
    await enter(page, button(page, 'Datagen Source'))
    await expect(page.getByRole('radio', { name: 'Orders', exact: true })).toBeFocused()
    await enter(page, link(page, 'Additional configuration'))
    await tabTo(page, page.getByRole('radio', { name: 'tutorial_topic' }))
    await page.keyboard.press('Space')
    await enter(page, button(page, 'Continue'))
    await expect(page.getByRole('radio', { name: /Global access/ })).toBeChecked()
    const downloading = page.waitForEvent('download')
    await enter(page, button(page, 'Generate API key & download'))
    readKeyFile(await (await downloading).path())
    await expect(page.getByText('was generated')).toBeVisible()
    await enter(page, button(page, 'Continue'))
    await expect(outputFormat(page, 'JSON')).toBeChecked()
    await tabTo(page, page.getByRole('radio', { name: 'Orders', exact: true }))
    await arrowTo(page, 'ArrowRight', page.getByRole('radio', { name: 'Users', exact: true }))
    await arrowTo(page, 'ArrowLeft', page.getByRole('radio', { name: 'Orders', exact: true }))
    await enter(page, button(page, 'Continue'))
    await expect(page.getByRole('heading', { name: 'Connector sizing' })).toBeVisible()
    await enter(page, button(page, 'Continue'))
    await type(page, page.getByLabel('Connector name'), 'OrdersConnector_tutorial')
    await page.keyboard.press('Enter')
    await expect(connectorRow(page, 'OrdersConnector_tutorial')).toContainText('Running')
  })

  await test.step('it is watched, and paused', async () => {
    await enter(page, link(page, 'OrdersConnector_tutorial'))
    await expect(stateOf(page)).toContainText('This connector is running.')
    await figureAbove(page, 'Messages processed', 0)
    await enter(page, button(page, 'Pause'))
    await expect(stateOf(page)).toContainText('This connector is paused.')
    await expect(button(page, 'Resume')).toBeVisible()
  })

  await test.step('out, in, and a topic rides', async () => {
    await open(page, page.getByRole('button', { name: /^Account of/ }))
    // Behind it stands only the end of the account itself. A menu moves its focus a moment after the
    // key, and the next key counts from where it is then.
    await page.keyboard.press('End')
    await expect(page.getByRole('menuitem').last()).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await untilListening(page)
    await type(page, page.getByLabel('Email'), organisation.person.email)
    await type(page, page.getByLabel('Password', { exact: true }), organisation.person.password)
    await page.keyboard.press('Enter')
    await enter(page, link(page, 'Environments'))
    await enter(page, page.getByRole('main').getByRole('link', { name: 'default', exact: true }))
    await enter(page, page.getByRole('main').getByRole('link', { name: cluster.name, exact: true }))
    await enter(page, link(page, 'Topics'))
    await enter(page, link(page, 'Add topic'))
    await expect(page.getByLabel('Topic name')).toBeFocused()
    await page.keyboard.type('rides')
    await type(page, page.getByLabel('Partitions'), '2')
    await enter(page, button(page, 'Show advanced settings'))
    await open(page, page.getByRole('combobox', { name: 'Retention time', exact: true }))
    const oneDay = page.getByRole('option', { name: '1 day', exact: true })
    await expect(oneDay).toBeVisible()
    await page.keyboard.type('1 day')
    await expect(oneDay).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await enter(page, button(page, 'Save & create'))
    await expect(page.getByRole('heading', { name: 'rides', level: 1 })).toBeVisible()
    await expect(page.getByText('Delete after 1 day')).toBeVisible()
  })
})

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true })
}

function link(page: Page, name: string) {
  return page.getByRole('link', { name, exact: true }).first()
}
