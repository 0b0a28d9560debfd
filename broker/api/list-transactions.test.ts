import { expect, it } from 'vitest'
import { ListTransactions } from '../protocol/messages/list-transactions.ts'
import { startTestBroker } from '../testing/test-broker.ts'

it.each([0, 1, 2])('no transaction is found in version %i', async (version) => {
  const broker = await startTestBroker()
  const client = await broker.connect()
  const filters = { stateFilters: ['Ongoing', 'Sleeping', 'Dead'], producerIdFilters: [7] }
  expect(await client.send(ListTransactions, version, filters)).toMatchObject({
    errorCode: 0,
    unknownStateFilters: ['Sleeping'],
    transactionStates: [],
  })
  await broker.close()
})
