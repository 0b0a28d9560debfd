import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { CreateAcls } from '../protocol/messages/create-acls.ts'
import { DeleteAcls } from '../protocol/messages/delete-acls.ts'
import { DescribeAcls } from '../protocol/messages/describe-acls.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

const [ANY, READ, ALLOW, TOPIC] = [1, 3, 3, 2]
const everything = {
  resourceTypeFilter: ANY,
  resourceNameFilter: null,
  principalFilter: null,
  hostFilter: null,
  operation: ANY,
  permissionType: ANY,
}
const rule = {
  resourceType: TOPIC,
  resourceName: 'orders',
  principal: 'User:me',
  host: '*',
  operation: READ,
  permissionType: ALLOW,
}
const disabled = {
  errorCode: errorCode('SECURITY_DISABLED'),
  errorMessage: expect.stringContaining('no access rules'),
}

describe.each([1, 2, 3])('access rules in version %i', (version) => {
  it('are not kept, which is no empty list', async () => {
    const answer = await client.send(DescribeAcls, version, everything)
    expect(answer).toMatchObject({ ...disabled, resources: [] })
  })

  it('are refused one by one', async () => {
    const { results } = await client.send(CreateAcls, version, { creations: [rule, rule] })
    expect(results).toEqual([disabled, disabled])
  })

  it('cannot be deleted, by any filter', async () => {
    const filters = [everything, { ...everything, resourceNameFilter: 'orders' }]
    const { filterResults } = await client.send(DeleteAcls, version, { filters })
    const refused = { ...disabled, matchingAcls: [] }
    expect(filterResults).toEqual([refused, refused])
  })
})
