import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { restErrors } from './errors.ts'
import { bodyLimits, streamLimits } from './limits.ts'
import { type Arrivals, readAhead } from './record-arrivals.ts'
import { createShares, type Share } from './shares.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

interface Sent {
  readonly arrivals: Arrivals
  readonly share: Share
  /** Sends a piece; resolves when it has been read. */
  send(piece: string): Promise<void>
  /** Whether reading was given up. */
  readonly isCancelled: () => boolean
}

function open(bytesMax: number = bodyLimits.recordBytesMax): Sent {
  let isCancelled = false
  const pieces = new TransformStream<Uint8Array, Uint8Array>()
  const writer = pieces.writable.getWriter()
  writer.closed.catch(() => {
    isCancelled = true
  })
  const share = createShares(2 * bytesMax).of('lkc-1')
  return {
    arrivals: readAhead(pieces.readable, share),
    share,
    async send(piece) {
      await writer.write(Buffer.from(piece))
      await turn()
    },
    isCancelled: () => isCancelled,
  }
}

/** Lets everything that is due happen. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

const stalled = [{ error: restErrors.stalled, endsStream: true }]
const almost = streamLimits.stallMsMax - 1

test('a stream in which no record comes to its end is ended, and says why', async () => {
  const { arrivals, send, share, isCancelled } = open(100)
  await send('{"value":')
  expect(share.take(92)).toBe(false)
  vi.advanceTimersByTime(almost)
  // Bytes alone are no progress: they may come one by one for ever.
  await send('{"type":')
  vi.advanceTimersByTime(1)
  expect(await arrivals.next()).toEqual(stalled)
  expect(await arrivals.next()).toEqual([])
  await turn()
  expect(isCancelled()).toBe(true)
  expect(share.take(100)).toBe(true)
})

test('every record begins the time anew, and so does asking for the next', async () => {
  const { arrivals, send } = open()
  for (let i = 0; i < 3; i++) {
    vi.advanceTimersByTime(almost)
    await send('{}')
    vi.advanceTimersByTime(almost)
    expect(await arrivals.next()).toMatchObject([{ record: { key: null } }])
  }
  const asked = arrivals.next()
  vi.advanceTimersByTime(streamLimits.stallMsMax)
  expect(await asked).toEqual(stalled)
})

test('where nobody asks for the next, whoever answers is told', async () => {
  const { arrivals, send } = open()
  const onStall = vi.fn()
  arrivals.whenStalled(onStall)
  await send('{}')
  vi.advanceTimersByTime(almost)
  expect(onStall).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onStall).toHaveBeenCalledOnce()
  arrivals.close()
})

test('a stream that has ended does not stall', async () => {
  const { arrivals, send } = open()
  const onStall = vi.fn()
  arrivals.whenStalled(onStall)
  await send('{} ?')
  expect(await arrivals.next()).toMatchObject([{}, { error: { status: 400 } }])
  vi.advanceTimersByTime(2 * streamLimits.stallMsMax)
  expect(onStall).not.toHaveBeenCalled()
  expect(await arrivals.next()).toEqual([])
})

test.each([
  { what: 'when the next is asked for', end: ({ arrivals }: Sent) => arrivals.next() },
  { what: 'when the stream is given up', end: ({ arrivals }: Sent) => arrivals.close() },
])('a large record has its place until it is done with: $what', async ({ end }) => {
  const sent = open(100)
  await sent.send(`{"headers":[${' '.repeat(70)}`)
  await sent.send(']}')
  expect(await sent.arrivals.next()).toMatchObject([{ record: { headers: [] } }])
  expect(sent.share.take(20)).toBe(false)
  void end(sent)
  expect(sent.share.take(100)).toBe(true)
})

test('one that nobody took leaves its place with the stream', async () => {
  const { arrivals, send, share } = open(100)
  await send(`{"headers":[${' '.repeat(70)}`)
  await send(']}')
  arrivals.close()
  expect(share.take(100)).toBe(true)
})
