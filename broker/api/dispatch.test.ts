import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { encodeRequestFrame } from '../protocol/header.ts'
import { Heartbeat } from '../protocol/messages/heartbeat.ts'
import { describeProblem } from '../rules/connection-problems.ts'
import { startTestBroker } from '../testing/test-broker.ts'
import { AnswerMemory } from './answer-memory.ts'
import type { Caller, Identity } from './context.ts'
import { createDispatch } from './dispatch.ts'
import { CloseConnection, type Handler, handler } from './handler.ts'
import { type ApiTable, createApiTable } from './table.ts'

/** The broker's own table with one handler replaced. */
function tableWith(replacement: Handler): ApiTable {
  const table = createApiTable(null)
  return {
    ...table,
    get(apiKey) {
      const served = table.get(apiKey)
      return served?.api.key === replacement.api.key ? { ...served, handler: replacement } : served
    },
  }
}

async function closeReasonOf(handle: Handler<typeof Heartbeat>['handle']): Promise<string> {
  const broker = await startTestBroker()
  const tenant = broker.tenants.get(broker.first.id)
  if (tenant === undefined) throw new Error('The test broker has its first tenant.')
  const dispatch = createDispatch({
    table: tableWith(handler(Heartbeat, handle)),
    clock: createFakeClock(),
    nextProducerId: async () => 1,
  })
  const request = { groupId: 'g', generationId: 1, memberId: 'm' }
  const header = { correlationId: 1, clientId: 'test' }
  const frame = Buffer.concat(encodeRequestFrame(Heartbeat, 4, header, request)).subarray(4)
  const { answer } = dispatch(frame, callerOf({ tenant }))
  const { segments, close } = await answer
  expect(segments).toEqual([])
  await broker.close()
  return close === undefined ? '' : describeProblem(close)
}

function callerOf(identity: Pick<Identity, 'tenant'>): Caller {
  return {
    info: {
      id: 1,
      nodeId: 1,
      nodes: [],
      address: '127.0.0.1',
      software: null,
      answers: new AnswerMemory(),
      closed: new AbortController().signal,
    },
    signIn: {
      state: 'signedIn',
      // The handler under test asks for nothing else of who is signed in.
      identity: identity as Identity,
      mechanism: 'PLAIN',
      refusedClaim: null,
      handshake: () => ({ errorCode: 34, mechanisms: [] }),
      authenticate: () => ({ errorCode: 34, errorMessage: null, token: new Uint8Array(0) }),
    },
    nameSoftware() {},
    noteProblem() {},
    letGo() {},
  }
}

describe('a handler that fails', () => {
  it('ends the connection and says where, thrown at once or later', async () => {
    const thrown = await closeReasonOf(() => {
      throw new TypeError('x is undefined')
    })
    expect(thrown).toMatch(
      /closed because Heartbeat v4 failed: TypeError: x is undefined at .*test/,
    )
    const rejected = await closeReasonOf(() => Promise.reject(new Error('disk on fire')))
    expect(rejected).toMatch(/closed because Heartbeat v4 failed: Error: disk on fire/)
  })

  it('ends the connection for the reason that it names itself', async () => {
    const reason = await closeReasonOf(async () => {
      throw new CloseConnection('the records were refused and nobody waits for an answer')
    })
    expect(reason).toMatch(/closed by Heartbeat v4: the records were refused/)
  })
})
