import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { createClient } from '../protocol/client.ts'
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import { readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'
import { createRateLimitedLog } from './log-lines.ts'

/** More strangers than lines of one kind are let through. */
const STRANGERS = 30
const LINES_MAX = 20

let broker: TestBroker | undefined
afterEach(() => broker?.close())

describe('what strangers make the broker log', () => {
  it('is bounded, though each sends a frame of another length', async () => {
    broker = await startTestBroker({ clock: createFakeClock() })
    for (let i = 0; i < STRANGERS; i++) {
      const socket = await broker.dial()
      const prefix = Buffer.alloc(4)
      prefix.writeInt32BE(1_000_000 + i)
      socket.write(prefix)
      await readFrames(socket).ended
    }
    expect(broker.logLines).toHaveLength(LINES_MAX)
  })

  it('is bounded, though each asks for another SASL mechanism', async () => {
    broker = await startTestBroker({ clock: createFakeClock() })
    for (let i = 0; i < STRANGERS; i++) {
      const client = createClient(await broker.dial())
      const answer = await client.send(SaslHandshake, 1, { mechanism: `SCRAM-${i}` })
      expect(answer.errorCode).toBe(33)
      await client.closed
    }
    expect(broker.logLines).toHaveLength(LINES_MAX)
    expect(broker.logLines[0]).toContain('the SASL mechanism SCRAM-0, where')
  })
})

describe('a log with a limit for each kind of line', () => {
  it('says with the first line of a later window how many it left out', () => {
    const lines: string[] = []
    const clock = createFakeClock()
    const log = createRateLimitedLog((line) => lines.push(line), clock, { limit: 2, windowMs: 100 })
    for (let i = 1; i <= 5; i++) log('flood', `line ${i}`)
    log('other', 'by itself')
    clock.advance(100)
    log('flood', 'line 6')
    log('other', 'by itself again')
    expect(lines).toEqual([
      'line 1',
      'line 2',
      'by itself',
      'line 6 (3 more such lines were left out)',
      'by itself again',
    ])
  })
})
