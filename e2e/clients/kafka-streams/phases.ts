/** What counting applications are fed with while they are killed, and what they have counted. */
import type { Admin } from 'kafkajs'
import type { KeyFile } from '../../support/key-file.ts'
import type { FollowedTopics } from '../jvm/followed-topics.ts'
import { asTable, produceAt } from './streams-topics.ts'
import { countsOf, type InputRecord, keyAt } from './topologies.ts'

/** Records of one phase, and their number. */
export const perPhase = 4_000
const perPiece = 200

/** How often each key comes in a phase. */
export const countsOfPhase = countsOf(phase().map(({ key }) => key))

function phase(): readonly InputRecord[] {
  return Array.from({ length: perPhase }, (_, index) => ({
    key: keyAt(index),
    value: `${index}`,
    timestampMs: Date.now(),
  }))
}

/** Writes one phase piece by piece, so that there is always more to come while an application runs. */
export async function feed(key: KeyFile, topic: string): Promise<void> {
  const records = phase()
  for (let at = 0; at < records.length; at += perPiece) {
    await produceAt(key, topic, records.slice(at, at + perPiece))
  }
}

/** What is counted in the end, once everything that was written has been followed. */
export async function countsAreIn(
  seen: FollowedTopics,
  admin: Admin,
  topic: string,
): Promise<ReadonlyMap<string, number>> {
  const ends = await admin.fetchTopicOffsets(topic)
  const end = ends.reduce((sum, { high }) => sum + Number(high), 0)
  await seen.until(
    () => seen.of(topic).length >= end,
    () => `${seen.of(topic).length} of ${end} counts`,
  )
  const entries = asTable(seen.of(topic)).map((entry) => entry.split('='))
  return new Map(entries.map(([key = '', count]) => [key, Number(count)]))
}

/** How many records were counted once more than they were written; below zero where some are missing. */
export function repeated(
  told: ReadonlyMap<string, number>,
  written: ReadonlyMap<string, number>,
): number {
  const excess = [...written].map(([key, count]) => (told.get(key) ?? 0) - count)
  return Math.min(...excess) < 0 ? Math.min(...excess) : excess.reduce((sum, each) => sum + each, 0)
}
