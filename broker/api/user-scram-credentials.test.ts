import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { AlterUserScramCredentials } from '../protocol/messages/alter-user-scram-credentials.ts'
import { DescribeUserScramCredentials } from '../protocol/messages/describe-user-scram-credentials.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

it('finds no SCRAM credential of anybody, not even of an API key', async () => {
  const all = await client.send(DescribeUserScramCredentials, 0, { users: null })
  expect(all).toMatchObject({ errorCode: 0, results: [] })
  const users = [broker.first.key, 'twice', 'twice'].map((name) => ({ name }))
  const named = await client.send(DescribeUserScramCredentials, 0, { users })
  expect(named.results).toMatchObject([
    {
      user: broker.first.key,
      errorCode: errorCode('RESOURCE_NOT_FOUND'),
      credentialInfos: [],
    },
    { user: 'twice', errorCode: errorCode('DUPLICATE_RESOURCE'), credentialInfos: [] },
  ])
})

it('sets and deletes none', async () => {
  const secret = { iterations: 4096, salt: Buffer.from('s'), saltedPassword: Buffer.from('p') }
  const { results } = await client.send(AlterUserScramCredentials, 0, {
    deletions: ['gone', 'both'].map((name) => ({ name, mechanism: 1 })),
    upsertions: ['new', 'both'].map((name) => ({ name, mechanism: 2, ...secret })),
  })
  const offered = errorCode('UNSUPPORTED_SASL_MECHANISM')
  expect(results.map(({ user, errorCode: code }) => [user, code])).toEqual([
    ['new', offered],
    ['both', offered],
    ['gone', errorCode('RESOURCE_NOT_FOUND')],
  ])
})
