import { expect, it } from 'vitest'
import { createFakeClock } from './clock.ts'
import { errorCode } from './errors.ts'
import { Produce } from './protocol/messages/produce.ts'
import { StorageFailure } from './storage/failure.ts'
import { openMemoryStorage } from './storage/memory/storage.ts'
import { PRODUCE_VERSION, produceRequest } from './testing/produce.ts'
import { startTestBroker } from './testing/test-broker.ts'

it('a full disk is told to every producer, and in the log only now and then', async () => {
  const memory = openMemoryStorage()
  const full = async () => {
    throw new StorageFailure('DISK_FULL', 'no space is left')
  }
  const broker = await startTestBroker({
    clock: createFakeClock(),
    storage: { ...memory, log: { ...memory.log, write: full } },
    first: { topics: [{ name: 'rides', partitions: 1 }] },
  })
  const client = await broker.connect()
  for (let i = 0; i < 50; i++) {
    const { responses } = await client.send(
      Produce,
      PRODUCE_VERSION,
      produceRequest('rides', 0, ['a']),
    )
    expect(responses[0]?.partitionResponses[0]?.errorCode).toBe(errorCode('KAFKA_STORAGE_ERROR'))
  }
  const lines = broker.logLines.filter((line) => line.startsWith('Storage failed'))
  expect(lines).toHaveLength(20)
  expect(lines[0]).toContain('no space is left')
  await broker.close()
})
