import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'
import { ask } from '../support/http-request.ts'
import type { KeyFile } from '../support/key-file.ts'
import type { OwnCluster } from '../support/organisation.ts'

// Kafka REST through the console's own port. What it answers in full is the table beside `lib/kafka-rest`.

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''
const json = { 'content-type': 'application/json' }
const record = (data: string) => JSON.stringify({ value: { type: 'STRING', data } })

test('the command beside the REST endpoint answers', async ({ page, cluster }) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 2 })
  await page.goto(paths.clusterSettings(cluster))
  const endpoints = page.getByRole('region', { name: 'Endpoints' })
  await expect(endpoints.getByText(consoleUrl, { exact: true })).toBeVisible()
  await expect(endpoints.getByRole('button', { name: 'Copy REST endpoint' })).toBeVisible()
  const shown = (await endpoints.locator('pre').textContent()) ?? ''
  const command = shown.replace('API_KEY', key.key).replace('API_SECRET', key.secret)
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --silent`])
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'KafkaTopicList',
    data: [{ cluster_id: cluster.clusterId, topic_name: 'rides', partitions_count: 2 }],
  })
})

test('what comes by REST is in the topic and counts as a client of its own', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 1 })
  const path = paths.restRecords({ ...cluster, topic: 'rides' })
  const headers = { ...json, authorization: basic(key) }
  const body = record('over the river')
  const answer = await ask(consoleUrl, { method: 'POST', path, headers, body })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toMatchObject({ error_code: 200, topic_name: 'rides', offset: 0 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'rides' }))
  await expect(page.getByText('over the river').first()).toBeVisible()
  await page.goto(paths.producers(cluster))
  await expect(page.getByRole('table', { name: 'Producers' })).toContainText('kafka-rest')
})

test('answers come while records are still sent', async ({ cluster }) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 1 })
  const sent = request(new URL(paths.restRecords({ ...cluster, topic: 'rides' }), consoleUrl), {
    method: 'POST',
    headers: { ...json, authorization: basic(key), 'transfer-encoding': 'chunked' },
    agent: false,
  })
  sent.write(record('first'))
  const answer = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    sent.once('response', resolve)
    sent.once('error', reject)
  })
  const first = await new Promise<Buffer>((resolve) => answer.once('data', resolve))
  expect(JSON.parse(first.toString())).toMatchObject({ error_code: 200, offset: 0 })
  sent.end(record('second'))
  expect(JSON.parse(await text(answer))).toMatchObject({ error_code: 200, offset: 1 })
})

test('a key opens its own cluster, and a session opens nothing', async ({ organisation }) => {
  const [own, other] = [
    await organisation.createCluster('own'),
    await organisation.createCluster('other'),
  ]
  await other.createTopic({ name: 'secrets', partitions: 1 })
  const key = await own.createKey()
  const { cookie } = organisation
  const authorization = basic(key)
  for (const asked of everyWayTo(other)) {
    const byKey = await ask(consoleUrl, { ...asked, headers: { ...json, authorization, cookie } })
    expect(byKey.status, asked.path).toBe(404)
    expect(JSON.parse(byKey.text)).toEqual({
      error_code: 404,
      message: `Cluster ${other.clusterId} cannot be found.`,
    })
    const bySession = await ask(consoleUrl, { ...asked, headers: { ...json, cookie } })
    expect(bySession.status, asked.path).toBe(401)
    expect(JSON.parse(bySession.text)).toEqual({
      error_code: 40101,
      message: 'Authentication failed',
    })
    expect(bySession.headers['www-authenticate']).toMatch(/^Basic realm=/)
    expect(bySession.headers['access-control-allow-origin']).toBeUndefined()
  }
  const seen = await ask(consoleUrl, {
    path: `${paths.kafkaRest()}/clusters`,
    headers: { authorization },
  })
  expect(seen.text).toContain(own.clusterId)
  expect(seen.text).not.toContain(other.clusterId)
})

test('other names of this machine and other sites are turned away', async ({ cluster }) => {
  const key = await cluster.createKey()
  const authorization = basic(key)
  const path = paths.restTopics(cluster)
  const byName = await ask(consoleUrl, { path, headers: { authorization, host: 'evil.example' } })
  expect(byName.status).toBe(421)
  const origin = 'http://evil.example'
  const headers = { ...json, authorization, origin }
  const bySite = await ask(consoleUrl, { method: 'POST', path, headers, body: '{}' })
  expect(bySite.status).toBe(403)
})

function everyWayTo({ clusterId }: OwnCluster) {
  const topics = paths.restTopics({ clusterId })
  return [
    { path: topics },
    { path: `${topics}/secrets` },
    { path: `${topics}/secrets/configs` },
    { path: `${topics}/secrets/partitions` },
    { method: 'DELETE', path: `${topics}/secrets` },
    { method: 'POST', path: topics, body: '{"topic_name":"mine"}' },
    { method: 'POST', path: `${topics}/secrets/records`, body: record('mine') },
    { path: `${paths.kafkaRest()}/clusters/${clusterId}/consumer-groups` },
  ]
}

function basic({ key, secret }: KeyFile): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
}
