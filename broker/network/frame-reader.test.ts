import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameReader } from './frame-reader.ts'

const unlimited = () => 0x7fffffff

function framed(bodies: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    bodies.flatMap((body) => {
      const prefix = Buffer.alloc(4)
      prefix.writeInt32BE(body.length)
      return [prefix, body]
    }),
  )
}

function prefixOf(length: number): Buffer {
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(length)
  return prefix
}

describe('frame reader', () => {
  it('gives the same frames however the stream is split', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 })
    const cuts = fc.array(fc.nat(4000), { maxLength: 40 })
    fc.assert(
      fc.property(bodies, cuts, (sent, at) => {
        const stream = framed(sent)
        const seen: Buffer[] = []
        const reader = createFrameReader(unlimited, (frame) => seen.push(Buffer.from(frame)))
        const ends = [...new Set(at.map((cut) => Math.min(cut, stream.length)))]
        ends.push(stream.length)
        ends.sort((a, b) => a - b)
        let from = 0
        for (const end of ends) {
          expect(reader.push(stream.subarray(from, end))).toBeNull()
          from = end
        }
        expect(seen.map((frame) => [...frame])).toEqual(sent.map((body) => [...body]))
        expect(reader.heldBytes).toBe(0)
      }),
    )
  })

  it('gives a frame that arrived whole as a view of the read', () => {
    const stream = framed([Buffer.from('abc'), Buffer.from('defg')])
    const seen: Buffer[] = []
    createFrameReader(unlimited, (frame) => seen.push(frame)).push(stream)
    expect(seen.map((frame) => frame.buffer === stream.buffer)).toEqual([true, true])
  })

  it('refuses a negative length and a length over the limit, and reads nothing after it', () => {
    for (const length of [-1, -0x80000000, 101]) {
      const seen: Buffer[] = []
      const reader = createFrameReader(
        () => 100,
        (frame) => seen.push(frame),
      )
      const error = reader.push(Buffer.concat([framed([Buffer.from('ok')]), prefixOf(length)]))
      expect(error).toMatchObject({ lengthBytes: length, maxBytes: 100 })
      expect(reader.push(framed([Buffer.from('late')]))).not.toBeNull()
      expect(seen).toHaveLength(1)
    }
  })

  it('asks for the limit at each frame, so that it may rise in between', () => {
    let limit = 3
    const seen: number[] = []
    const reader = createFrameReader(
      () => limit,
      (frame) => {
        seen.push(frame.length)
        limit = 10
      },
    )
    expect(reader.push(framed([Buffer.alloc(3), Buffer.alloc(10)]))).toBeNull()
    expect(seen).toEqual([3, 10])
  })
})
