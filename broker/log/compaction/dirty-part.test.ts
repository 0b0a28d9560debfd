import { describe, expect, it } from 'vitest'
import { DirtSurvey, type SurveyedLog } from './dirty-part.ts'

const HOUR = 3_600_000
const NOW = 1_700_000_000_000

/** Chunks of ten offsets and 100 bytes each, by their age. */
function survey(agesMs: readonly (number | null)[], changes: Changes = {}) {
  const { cleanOffset = 0, tombstonesDueMs = null, ...config } = changes
  const log: SurveyedLog = {
    config: {
      segmentBytes: 200,
      segmentMs: 24 * HOUR,
      minCleanableRatio: 0.5,
      minCompactionLagMs: 0,
      maxCompactionLagMs: Number.MAX_SAFE_INTEGER,
      ...config,
    },
    sizeBytes: agesMs.length * 100,
    cleanOffset,
    tombstonesDueMs,
  }
  const made = new DirtSurvey(log, NOW)
  for (const [n, ageMs] of agesMs.entries()) {
    const maxTimestampMs = ageMs === null ? -1 : NOW - ageMs
    const place = { partitionId: 1, baseOffset: n * 10, nextOffset: n * 10 + 10 }
    if (!made.take({ ...place, maxTimestampMs, sizeBytes: 100 })) break
  }
  return made.result()
}

type Changes = Partial<SurveyedLog['config']> &
  Partial<Pick<SurveyedLog, 'cleanOffset' | 'tombstonesDueMs'>>

describe('what is cleaned', () => {
  it('is all but the newest segment.bytes', () => {
    expect(survey([5, 4, 3, 2, 1])).toEqual({ fromOffset: 0, endOffset: 30 })
    expect(survey([5, 4])).toBeNull()
    // A chunk that reaches into the newest bytes is left whole.
    expect(survey([5, 4, 3, 2, 1], { segmentBytes: 201 })).toEqual({ fromOffset: 0, endOffset: 20 })
  })

  it('reaches into them where they are older than segment.ms', () => {
    expect(survey([48 * HOUR, 30 * HOUR, HOUR])).toEqual({ fromOffset: 0, endOffset: 20 })
    expect(survey([48 * HOUR, 48 * HOUR])).toEqual({ fromOffset: 0, endOffset: 20 })
    // Records without a timestamp have no age.
    expect(survey([null, null])).toBeNull()
  })

  it('is nothing younger than min.compaction.lag.ms', () => {
    const lag = { minCompactionLagMs: 2 * HOUR }
    expect(survey([3 * HOUR, 3 * HOUR, HOUR, 3 * HOUR, 0], lag)).toEqual({
      fromOffset: 0,
      endOffset: 20,
    })
    expect(survey([HOUR, HOUR, HOUR, HOUR], lag)).toBeNull()
  })
})

describe('when it is worth a round', () => {
  it('is decided by the share that is dirty', () => {
    // Of five cleanable chunks three are dirty, then two.
    expect(survey([7, 6, 5, 4, 3, 2, 1], { cleanOffset: 20 })).toEqual({
      fromOffset: 20,
      endOffset: 50,
    })
    expect(survey([7, 6, 5, 4, 3, 2, 1], { cleanOffset: 30 })).toBeNull()
    const less = { cleanOffset: 30, minCleanableRatio: 0.39 }
    expect(survey([7, 6, 5, 4, 3, 2, 1], less)).toEqual({ fromOffset: 30, endOffset: 50 })
    expect(survey([7, 6, 5, 4, 3, 2, 1], { cleanOffset: 30, minCleanableRatio: 0.4 })).toBeNull()
  })

  it('is at once where the oldest waits longer than max.compaction.lag.ms, active or not', () => {
    const lag = { cleanOffset: 40, maxCompactionLagMs: 10 * HOUR }
    expect(
      survey(
        [9, 9, 9, 9, 11, 1].map((hours) => hours * HOUR),
        lag,
      ),
    ).toEqual({
      fromOffset: 40,
      endOffset: 50,
    })
    expect(
      survey(
        [9, 9, 9, 9, 9, 1].map((hours) => hours * HOUR),
        lag,
      ),
    ).toBeNull()
  })

  it('is where the time of a tombstone has come, though nothing else is to do', () => {
    const clean = { cleanOffset: 30 }
    expect(survey([5, 4, 3], { ...clean, tombstonesDueMs: NOW + 1 })).toBeNull()
    expect(survey([5, 4, 3], { ...clean, tombstonesDueMs: NOW })).toEqual({
      fromOffset: 30,
      endOffset: 30,
    })
  })
})
