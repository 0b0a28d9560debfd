import fc from 'fast-check'
import { apis } from '../protocol/apis.ts'
import { encodeRequestFrame } from '../protocol/header.ts'
import { arbitraryMessage } from '../protocol/message-arbitrary.ts'
import { encodeBatch } from '../protocol/records.ts'
import type { Api, RequestToSend } from '../protocol/schema.ts'

/** An endless, repeatable supply of what no well-behaved client sends. */
export interface FuzzFrames {
  next(): Buffer
  /** Whether the next connection signs in first. */
  nextSignsIn(): boolean
}

/** Random requests made for each API and version; every frame that is not noise begins as one. */
const SAMPLES = 12

export function createFuzzFrames(seed: number, topicIds: readonly string[]): FuzzFrames {
  const random = createRandom(seed)
  const samples = new Map<string, readonly unknown[]>()

  function validFrame(): Buffer {
    const api = pick(random, apis)
    const version = api.versions.min + random.below(api.versions.max - api.versions.min + 1)
    const name = `${api.name} v${version}`
    const known = samples.get(name) ?? sampleRequests(api, version, seed)
    samples.set(name, known)
    const header = { correlationId: 1, clientId: 'fuzz' }
    const request = plausible(random, pick(random, known), topicIds)
    return Buffer.concat(
      // The arbitrary gives what the declaration says, which is what the type is inferred from.
      encodeRequestFrame(api, version, header, request as RequestToSend<Api>),
    )
  }

  const noise: readonly (() => Buffer)[] = [
    () => random.bytes(random.below(200)),
    () => framed(random.bytes(random.below(400))),
    () => framed(Buffer.concat([validFrame().subarray(4, 14), random.bytes(random.below(300))])),
    () => truncated(random, validFrame()),
    () => framed(truncated(random, validFrame()).subarray(4)),
    () => changed(random, validFrame()),
  ]
  return {
    // Noise ends most connections, so that behind too much of it nothing would reach a handler.
    next: () => (random.below(3) > 0 ? validFrame() : pick(random, noise)()),
    nextSignsIn: () => random.below(10) > 0,
  }
}

function sampleRequests(api: Api, version: number, seed: number): readonly unknown[] {
  return fc.sample(arbitraryMessage(api.request, version), { seed, numRuns: SAMPLES })
}

const NAMES = ['canary', 'orders', 'group', 'member', 'consumer', 'range', '0', '', 'a.b', '..']
const NUMBERS = [-1, 0, 1, 2, 3, 100]
const UUID = /^[\w-]{22}$/

/** Puts names, numbers, ids and batches that mean something into a request, here and there. */
function plausible(random: Random, value: unknown, topicIds: readonly string[]): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) {
    return random.below(3) === 0 ? value : plausibleScalar(random, value, topicIds)
  }
  if (Array.isArray(value)) {
    const isRecords = value.length > 0 && value.every((item) => item instanceof Uint8Array)
    return isRecords && random.below(2) === 0
      ? [encodeBatch([{ value: random.bytes(20) }], { timestampMs: Date.now() })]
      : value.map((item) => plausible(random, item, topicIds))
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, plausible(random, field, topicIds)]),
  )
}

function plausibleScalar(random: Random, value: unknown, topicIds: readonly string[]): unknown {
  if (typeof value === 'string') {
    return UUID.test(value) ? pick(random, topicIds) : pick(random, NAMES)
  }
  // A large number stands where one fits: what is a timeout then becomes one that is allowed.
  return typeof value === 'number' ? (value > 1000 ? 10_000 : pick(random, NUMBERS)) : value
}

function framed(body: Uint8Array): Buffer {
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(body.length)
  return Buffer.concat([prefix, body])
}

function truncated(random: Random, frame: Buffer): Buffer {
  return frame.subarray(0, random.below(frame.length) + 1)
}

/** Numbers that sizes, counts and versions are most likely to be mishandled for. */
const EXTREMES = [-1, -2, 0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0x7fffffff, -0x80000000]

/** Overwrites a few places behind the length with random bytes or extreme numbers. */
function changed(random: Random, frame: Buffer): Buffer {
  for (let count = 1 + random.below(6); count > 0; count--) {
    const at = 4 + random.below(Math.max(1, frame.length - 4))
    if (random.below(2) === 0 || at + 4 > frame.length) {
      frame[at] = random.below(256)
    } else {
      frame.writeInt32BE(pick(random, EXTREMES), at)
    }
  }
  return frame
}

interface Random {
  /** An integer from 0 up to, not including, `end`. */
  below(end: number): number
  bytes(count: number): Buffer
}

/** mulberry32: small, and the same on every machine for the same seed. */
function createRandom(seed: number): Random {
  let state = seed | 0
  function below(end: number): number {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end)
  }
  return { below, bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))) }
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random.below(values.length)]
  if (value === undefined) throw new Error('There is nothing to pick from.')
  return value
}
