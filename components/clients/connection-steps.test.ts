import { describe, expect, it } from 'vitest'
import {
  type ConnectionAttempt,
  checkedConnections,
  clientName,
  connectionSteps,
  currentProblem,
  problemText,
  remedyText,
} from './connection-steps.ts'

const nowMs = 1_700_000_000_000

/** Has reached the port, and no more. */
const bare: ConnectionAttempt = {
  id: 1,
  openedMs: nowMs,
  closedMs: null,
  count: 1,
  address: '::ffff:127.0.0.1',
  nodeId: 2,
  isEncrypted: null,
  tlsVersion: null,
  askedName: null,
  mechanism: null,
  key: null,
  isSignedIn: false,
  clientId: null,
  software: null,
  lastRequest: null,
  firstProduceMs: null,
  firstFetchMs: null,
  problem: null,
}
const problem = (code: string) => ({ code, sentence: 'did it', remedy: 'undo it', atMs: nowMs })
const signedIn: ConnectionAttempt = {
  ...bare,
  ...{ isEncrypted: true, tlsVersion: 'TLSv1.3', askedName: 'localhost', mechanism: 'PLAIN' },
  ...{ key: 'KEY', isSignedIn: true, clientId: 'till', software: 'kafkajs 2.2.4' },
}

const states = (attempt: ConnectionAttempt | null) =>
  connectionSteps(attempt).map(({ state }) => state)

describe('the steps of a connection', () => {
  it('wait for one', () => {
    expect(states(null)).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
  })

  it('are done as far as it got, with what is known of each', () => {
    const writing = {
      ...signedIn,
      firstProduceMs: nowMs,
      lastRequest: { name: 'Produce v9', atMs: 1 },
    }
    expect(connectionSteps(writing)).toEqual([
      { id: 'port', title: 'Reached the port', state: 'done', detail: 'node 2, from 127.0.0.1' },
      { id: 'encryption', title: 'Encrypted', state: 'done', detail: 'TLSv1.3 for localhost' },
      { id: 'signIn', title: 'Signed in', state: 'done', detail: 'as KEY, by PLAIN' },
      { id: 'software', title: 'Said what it is', state: 'done', detail: 'till (kafkajs 2.2.4)' },
      {
        id: 'requests',
        title: 'Writes or reads',
        state: 'done',
        detail: 'writes, last request Produce v9',
      },
    ])
    expect(states(signedIn)).toEqual(['done', 'done', 'done', 'done', 'waiting'])
  })

  it.each([
    ['TLS_UNKNOWN_AUTHORITY', { isEncrypted: true }, 1],
    ['TLS_HUNG_UP', { isEncrypted: true, tlsVersion: 'TLSv1.3' }, 1],
    ['SAID_NOTHING', {}, 1],
    ['PLAINTEXT_REFUSED', { isEncrypted: false }, 1],
    ['NOT_SIGNED_IN', { isEncrypted: false }, 2],
    ['WRONG_SECRET', { isEncrypted: false, key: 'KEY' }, 2],
    ['UNKNOWN_TOPIC', signedIn, 4],
  ])('fail where the problem is: %s', (code, known, failedIndex) => {
    const all = states({ ...bare, ...known, problem: problem(code) })
    expect(all.indexOf('failed')).toBe(failedIndex)
    expect(all.slice(0, failedIndex)).toEqual(Array.from({ length: failedIndex }, () => 'done'))
    expect(all.slice(failedIndex + 1)).not.toContain('done')
  })

  it('do not stop at software that does not say what it is', () => {
    const nameless = { ...signedIn, clientId: null, software: null, firstFetchMs: nowMs }
    expect(states(nameless)).toEqual(['done', 'done', 'done', 'waiting', 'done'])
  })
})

it('forgets a refusal once the client has gone on for half a minute', () => {
  const refused = { ...signedIn, problem: problem('UNKNOWN_TOPIC') }
  const since = (ms: number) => ({
    ...refused,
    lastRequest: { name: 'Fetch v17', atMs: nowMs + ms },
  })
  expect(currentProblem(since(10_000))).not.toBeNull()
  expect(currentProblem(since(31_000))).toBeNull()
  expect(currentProblem({ ...since(31_000), closedMs: nowMs + 40_000 })).not.toBeNull()
})

describe('what is shown first', () => {
  const ended = (ago: number, more: Partial<ConnectionAttempt> = {}) => ({
    ...bare,
    openedMs: nowMs - ago,
    closedMs: nowMs - ago,
    ...more,
  })
  const failing = (ago: number, code: string) => ended(ago, { problem: problem(code) })
  const checked = (attempts: ConnectionAttempt[], strangers: ConnectionAttempt[]) => {
    const { shown, others } = checkedConnections({ takenMs: nowMs, attempts, strangers })
    return { shown: shown?.attempt ?? null, others: others.map(({ attempt }) => attempt) }
  }

  it('is an open connection with the key, whatever failed since', () => {
    const open = { ...signedIn, openedMs: nowMs - 60_000 }
    const failed = failing(10, 'TLS_HUNG_UP')
    expect(checked([open], [failed])).toEqual({ shown: open, others: [failed] })
  })

  it('is all that a client has done on its open connections', () => {
    const bootstrap = { ...signedIn, firstFetchMs: nowMs, problem: problem('UNKNOWN_TOPIC') }
    const other = { ...signedIn, id: 2, firstProduceMs: nowMs }
    const { shown, others } = checked([bootstrap, other], [])
    expect(others).toEqual([])
    expect(shown).toMatchObject({ firstProduceMs: nowMs, firstFetchMs: nowMs })
    expect(shown?.problem?.code).toBe('UNKNOWN_TOPIC')
  })

  it('is what happened last, of a stranger too', () => {
    const before = ended(5000, { ...signedIn, closedMs: nowMs - 5000 })
    const since = failing(100, 'TLS_HUNG_UP')
    expect(checked([before], [since])).toEqual({ shown: since, others: [before] })
  })

  it('is no stranger that came and went without a word, nor one of an hour ago', () => {
    const scan = failing(100, 'SAID_NOTHING')
    expect(checked([], [scan])).toEqual({ shown: null, others: [scan] })
    expect(checked([], [failing(3_600_000, 'HTTP')])).toEqual({ shown: null, others: [] })
  })
})

it('names a client as far as it says what it is', () => {
  expect(clientName(signedIn)).toBe('till (kafkajs 2.2.4)')
  expect(clientName({ ...signedIn, software: null })).toBe('till')
  expect(clientName({ ...signedIn, clientId: '' })).toBe('kafkajs 2.2.4')
  expect(clientName(bare)).toBe('a client without a name')
})

it('makes sentences of a problem', () => {
  expect(problemText(problem('X'))).toBe('The client did it.')
  expect(remedyText(problem('X'))).toBe('Undo it.')
})
