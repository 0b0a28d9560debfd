import { connect } from 'node:net'
import { expect } from '@playwright/test'
import { createClient } from '../../broker/protocol/client.ts'
import { CreateTopics } from '../../broker/protocol/messages/create-topics.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { test } from '../support/flow-test.ts'

const label = 'Allow connections without a key on this machine'

test('a cluster is opened without a key by typing its name, changed, and closed', async ({
  page,
  cluster,
}) => {
  await page.goto(paths.clusterSettings(cluster))
  const card = page.getByRole('region', { name: 'Connections without a key' })
  const toggle = card.getByRole('switch', { name: label })
  await expect(toggle).not.toBeChecked()
  await expect(card.getByText('kafka-topics')).toHaveCount(0)

  await test.step('nothing is open before the name is typed', async () => {
    await toggle.click()
    const dialog = page.getByRole('alertdialog', { name: 'Allow connections without a key?' })
    await expect(dialog).toContainText('read, write and delete everything in river')
    await expectAccessible(page, 'the question', { within: '[role=alertdialog]' })
    const name = dialog.getByLabel('Type river to confirm')
    await name.press('Enter')
    await expect(dialog.getByRole('button', { name: 'Allow' })).toBeDisabled()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(toggle).not.toBeChecked()
  })

  await test.step('a wrong port and number stand at their fields', async () => {
    await toggle.click()
    const dialog = page.getByRole('alertdialog', { name: 'Allow connections without a key?' })
    await dialog.getByLabel('Port').fill('80')
    await dialog.getByLabel('Default partitions').fill('many')
    await dialog.getByLabel('Type river to confirm').fill('river')
    await dialog.getByRole('button', { name: 'Allow' }).click()
    await expect(dialog).toContainText('The port must be a whole number from 1024 to 65535')
    await expect(dialog).toContainText('The number of partitions must be a whole number')
    await dialog.getByLabel('Port').fill('')
    await dialog.getByLabel('Default partitions').fill('2')
    await dialog.getByRole('button', { name: 'Allow' }).click()
    await expect(dialog).toHaveCount(0)
  })

  await expect(toggle).toBeChecked()
  await expect(card).toContainText('Nobody is asked who they are')
  await expectAccessible(page, 'the settings of an open cluster')
  const command = await card.getByText(/^kafka-topics .*--list$/).textContent()
  const port = Number(/--bootstrap-server localhost:(\d+) --list/.exec(command ?? '')?.[1])
  const student = await connectTo(port)

  await test.step('a program without any setting works', async () => {
    const { clusterId, brokers } = await student.send(Metadata, 9, { topics: null })
    expect(clusterId).toBe(cluster.clusterId)
    expect(brokers).toMatchObject([{ nodeId: 1, host: 'localhost', port }])
    const topic = { name: 'first', numPartitions: -1, replicationFactor: 1 }
    const { topics } = await student.send(CreateTopics, 7, {
      topics: [{ ...topic, assignments: [], configs: [] }],
    })
    expect(topics).toMatchObject([{ errorCode: 0, numPartitions: 2, replicationFactor: 1 }])
  })

  await test.step('the overview says so and leads back', async () => {
    await page.goto(paths.cluster(cluster))
    await page.getByRole('link', { name: 'Open without a key' }).click()
    await expect(page).toHaveURL(new RegExp(`${paths.clusterSettings(cluster)}$`))
  })

  await test.step('a change keeps the port and who is connected', async () => {
    await card.getByRole('button', { name: 'Change' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Change connections without a key' })
    await expect(dialog.getByLabel('Port')).toHaveValue(String(port))
    await dialog.getByRole('checkbox', { name: 'Create topics automatically' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(card.getByRole('definition').filter({ hasText: 'Yes' })).toBeVisible()
    const { topics } = await student.send(Metadata, 9, { topics: [{ name: 'named' }] })
    expect(topics).toMatchObject([{ errorCode: 0, name: 'named' }])
  })

  await test.step('another program’s port is refused in a sentence', async () => {
    await card.getByRole('button', { name: 'Change' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Change connections without a key' })
    const consolePort = new URL(page.url()).port
    await dialog.getByLabel('Port').fill(consolePort)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toContainText(`Port ${consolePort} is already in use on this machine`)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('closing it ends who is connected, and keeps everybody else out', async () => {
    await toggle.click()
    await expect(toggle).not.toBeChecked()
    await student.closed
    await expect(connectTo(port)).rejects.toThrow(/ECONNREFUSED/)
    await page.goto(paths.cluster(cluster))
    await expect(page.getByRole('heading', { name: 'Cluster Overview' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Open without a key' })).toHaveCount(0)
  })
})

async function connectTo(port: number) {
  const socket = connect({ host: '127.0.0.1', port })
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', resolve)
  })
  return createClient(socket, { clientId: 'student' })
}
