import { expect, it } from 'vitest'
import { createLineStream } from './line-stream.ts'

const large = { text: 'x'.repeat(2 * 1024 * 1024) }

it('waits for a slow reader, and lets every waiting writer go on', async () => {
  const out = createLineStream()
  const written: number[] = []
  const writers = [1, 2].map((n) => out.write([large]).then(() => written.push(n)))
  expect(out.isBehind()).toBe(true)
  expect(written).toEqual([])
  const reader = out.stream.getReader()
  await reader.read()
  await reader.read()
  const reading = reader.read()
  await Promise.all(writers)
  out.end()
  expect(await reading).toMatchObject({ done: true })
})

it('tells that the reader has gone, and drops what comes after', async () => {
  const out = createLineStream()
  const writing = out.write([large])
  await out.stream.cancel()
  await writing
  expect(out.gone.aborted).toBe(true)
  await out.write([large])
  out.end()
})

it('gives up where nobody reads for too long', async () => {
  const out = createLineStream({ silenceMs: 1 })
  await out.write([large])
  expect(out.gone.aborted).toBe(true)
  await expect(out.stream.getReader().read()).rejects.toThrow('nobody read its answer')
})
