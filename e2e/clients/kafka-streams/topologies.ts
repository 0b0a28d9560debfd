/**
 * What each Streams program is fed with and what has to come out of it, worked out here and not by
 * Kafka. Outputs are either tables (the last value of each key) or streams (every record).
 */
import { closedWindows, sessionWindows, timeWindows } from './event-windows.ts'

export interface InputRecord {
  readonly key: string
  /** Null is a tombstone. */
  readonly value: string | null
  readonly timestampMs: number
}

export interface Topology {
  /** The Java class. */
  readonly program: string
  readonly inputs: Readonly<Record<string, readonly InputRecord[]>>
  /** By topic: `key=value` of what the table holds in the end, in order. */
  readonly tables: Readonly<Record<string, readonly string[]>>
  /** By topic: `key=value` of every record, in order. */
  readonly streams: Readonly<Record<string, readonly string[]>>
}

/** Event time begins an hour ago, at a full minute: nothing is old enough to be deleted. */
const beganSeconds = Math.floor(Date.now() / 60_000) * 60 - 3_600

function at(seconds: number, key: string, value: string | null = `at ${seconds}`): InputRecord {
  return { key, value, timestampMs: (beganSeconds + seconds) * 1_000 }
}

/** They land on both of two partitions. */
const keys = ['186', '74', '1', '2', '263']

const counted = Array.from({ length: 250 }, (_, index) => at(index, keyAt(index)))

/** Of 25 records in a row one has the first key, three the second, and so on. */
export function keyAt(index: number): string {
  return keys[Math.floor(Math.sqrt(index % keys.length ** 2))] ?? ''
}

const countByKey: Topology = {
  program: 'CountByKey',
  inputs: { in: counted },
  tables: { out: entries(countsOf(counted.map(({ key }) => key))) },
  streams: {},
}

export function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Some are late within the grace of 5 s, so that sessions merge; 6 and 1 are too late for a window. */
const times = [0, 4, 10, 7, 14, 8, 17, 6, 31, 1, 60]
const tumblingRules = { sizeSeconds: 10, advanceSeconds: 10, graceSeconds: 5 }
const hoppingRules = { ...tumblingRules, advanceSeconds: 5 }
const windowedKeys = ['74', '1']

const windows: Topology = {
  program: 'Windows',
  inputs: { in: times.flatMap((time) => windowedKeys.map((key) => at(time, key))) },
  tables: {
    tumbling: windowed(timeWindows(sinceEpoch(), tumblingRules)),
    hopping: windowed(timeWindows(sinceEpoch(), hoppingRules)),
    sessions: windowed(sessionWindows(sinceEpoch(), { gapSeconds: 5, graceSeconds: 5 })),
  },
  streams: { closed: windowed(closedWindows(sinceEpoch(), tumblingRules)) },
}

function sinceEpoch(): readonly number[] {
  return times.map((time) => beganSeconds + time)
}

function windowed(counts: ReadonlyMap<string, number>): readonly string[] {
  return windowedKeys
    .flatMap((key) => [...counts].map(([window, count]) => `${key}@${window}=${count}`))
    .sort()
}

const minute = 60
const rides = Array.from({ length: 20 }, (_, index) => ({
  location: keys[index % 3] ?? '',
  minutes: index * 2,
}))
const pickups = Array.from({ length: 8 }, (_, index) => ({
  location: keys[index % 4] ?? '',
  minutes: index * 5,
}))

const streamJoin: Topology = {
  program: 'StreamJoin',
  inputs: {
    rides: rides.map(({ location, minutes }, index) =>
      at(minutes * minute, `ride ${index}`, `${location}:r${index}`),
    ),
    pickups: pickups.map(({ location, minutes }, index) =>
      at(minutes * minute, `driver ${index}`, `${location}:p${index}`),
    ),
  },
  tables: {},
  streams: {
    out: rides
      .flatMap((ride, r) =>
        pickups.flatMap((pickup, p) =>
          ride.location === pickup.location && Math.abs(ride.minutes - pickup.minutes) <= 20
            ? `${ride.location}=r${r}+p${p}`
            : [],
        ),
      )
      .sort(),
  },
}

const tables: Topology = {
  program: 'Tables',
  inputs: {
    zones: [at(0, '1', 'Newark'), at(0, '74', 'Harlem'), at(1, '74', 'East Harlem')],
    tariffs: [at(2, '1', 'day'), at(2, '74', 'night'), at(3, '2', 'flat')],
    payments: [at(0, 'c', 'card'), at(0, '$', 'cash')],
    rides: [at(10, '1', 'c:a'), at(11, '74', '$:b'), at(12, '2', 'c:c'), at(13, '74', '?:d')],
  },
  tables: { priced: ['1=Newark at day', '74=East Harlem at night'] },
  streams: {
    zoned: ['1=c:a in Newark', '2=c:c in null', '74=$:b in East Harlem', '74=?:d in East Harlem'],
    paid: ['1=c:a by card', '2=c:c by card', '74=$:b by cash'],
  },
}

const lines = ['red skip green', 'blue gold skip', 'grey violet', 'red ochre', 'skip skip']
const words = lines.flatMap((line) => line.split(' ')).filter((word) => word !== 'skip')
const byLength = new Map(
  words.map(({ length }) => [length, words.filter((word) => word.length === length)]),
)

const shapes: Topology = {
  program: 'Shapes',
  inputs: { in: lines.map((line, index) => at(index, keys[index] ?? '', line)) },
  tables: {
    last: [...byLength].map(([length, all]) => `${length}=${[...all].sort().at(-1)}`).sort(),
    words: [...byLength]
      .map(([length, all]) => `${length}=${[...new Set(all)].sort().join(' ')}`)
      .sort(),
  },
  streams: {
    long: withLength(words.filter((word) => word.length >= 5)),
    short: withLength(words.filter((word) => word.length < 5)),
  },
}

function withLength(some: readonly string[]): readonly string[] {
  return some.map((word) => `${word.length}=${word}`).sort()
}

export function entries(map: ReadonlyMap<string, number>): readonly string[] {
  return [...map].map(([key, count]) => `${key}=${count}`).sort()
}

export const topologies: readonly Topology[] = [countByKey, windows, streamJoin, tables, shapes]
