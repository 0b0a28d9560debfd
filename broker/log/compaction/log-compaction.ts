import {
  COMPACTION_INTERVAL_MS,
  COMPACTION_RETRY_MS,
  SURVEY_INTERVAL_MS,
  SURVEY_SLICE_CHUNKS,
} from '../log-limits.ts'
import type { PartitionLog } from '../partition-log.ts'
import { Rounds } from '../rounds.ts'
import { DirtSurvey, type DirtyPart, type SurveyedLog } from './dirty-part.ts'
import { compactLog, type RoundTools } from './round.ts'

/**
 * Looks for compacted logs that are dirty enough, and cleans them one after another.
 *
 * Looking costs storage nothing while the size of a log says that it cannot be due; what nothing
 * but age makes due is found at the next look, which comes every ten minutes.
 */
export class LogCompaction {
  readonly #tools: RoundTools
  readonly #logs: ReadonlyMap<number, PartitionLog>
  readonly #looks = new WeakMap<PartitionLog, Look>()
  readonly #rounds: Rounds

  constructor(
    tools: Pick<RoundTools, 'shared' | 'openCleaner'>,
    logs: ReadonlyMap<number, PartitionLog>,
  ) {
    this.#tools = { ...tools, isStopping: () => this.#rounds.isStopping, reported: new Set() }
    this.#logs = logs
    this.#rounds = new Rounds({
      clock: tools.shared.clock,
      intervalMs: COMPACTION_INTERVAL_MS,
      round: () => this.#compactAll(),
    })
  }

  start(): void {
    this.#rounds.startLater()
  }

  /** Breaks off what is under way between two steps; resolves when it has. */
  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** Does now what the clock would have it do; resolves when it is done. */
  run(): Promise<void> {
    return this.#rounds.run()
  }

  async #compactAll(): Promise<void> {
    let visited = 0
    for (const log of [...this.#logs.values()]) {
      if (log.config.isCompacted && !this.#rounds.isStopping) {
        await this.#compactIfDue(log)
      }
      // Most logs are not compacted, so nothing else would let others in.
      if (++visited % LOGS_PER_SLICE === 0) {
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }

  async #compactIfDue(log: PartitionLog): Promise<void> {
    const { clock, reportFailure } = this.#tools.shared
    const nowMs = clock.nowMs()
    const before = this.#looks.get(log)
    if (!isWorthALook(log, before, nowMs)) {
      return
    }
    try {
      this.#looks.set(log, await this.#look(log, before, nowMs))
    } catch (error) {
      reportFailure(error)
      this.#looks.set(log, { cleanBytes: 0, notBeforeMs: nowMs + COMPACTION_RETRY_MS, againMs: 0 })
    }
  }

  async #look(log: PartitionLog, before: Look | undefined, nowMs: number): Promise<Look> {
    const againMs = nowMs + SURVEY_INTERVAL_MS
    const { part, cleanBytes } = await this.#survey(log, nowMs)
    if (part === null) {
      // At the first look nothing was known that could have promised more.
      const notBeforeMs = before === undefined ? 0 : nowMs + COMPACTION_RETRY_MS
      return { cleanBytes, notBeforeMs, againMs }
    }
    const leftBytes = await compactLog(log, part, this.#tools)
    return leftBytes === null
      ? { cleanBytes, notBeforeMs: 0, againMs: 0 }
      : { cleanBytes: leftBytes, notBeforeMs: 0, againMs }
  }

  async #survey(log: PartitionLog, nowMs: number) {
    const survey = new DirtSurvey(surveyed(log), nowMs)
    const { storage } = this.#tools.shared
    let next = log.logStartOffset
    for (let isOpen = true; isOpen && !this.#rounds.isStopping; ) {
      const chunks = await storage.list(log.partitionId, next, SURVEY_SLICE_CHUNKS)
      const areAllTaken = chunks.every((chunk) => survey.take(chunk))
      isOpen = areAllTaken && chunks.length === SURVEY_SLICE_CHUNKS
      next = chunks.at(-1)?.nextOffset ?? next
    }
    const part: DirtyPart | null = this.#rounds.isStopping ? null : survey.result()
    return { part, cleanBytes: survey.cleanBytes }
  }
}

/** What is remembered of a log since it was last looked at. */
interface Look {
  /** Bytes below the clean offset. */
  readonly cleanBytes: number
  /** Until then nothing makes it worth a look. */
  readonly notBeforeMs: number
  /** From then on it is worth one anyway. */
  readonly againMs: number
}

/** By what is known without asking storage. */
function isWorthALook(log: PartitionLog, look: Look | undefined, nowMs: number): boolean {
  if (log.sizeBytes === 0 || (look !== undefined && nowMs < look.notBeforeMs)) {
    return false
  }
  const { tombstonesDueMs } = log.compaction
  if (
    look === undefined ||
    nowMs >= look.againMs ||
    (tombstonesDueMs !== null && nowMs >= tombstonesDueMs)
  ) {
    return true
  }
  const { segmentBytes, minCleanableRatio } = log.config
  const cleanableBytes = log.sizeBytes - look.cleanBytes - segmentBytes
  return (
    cleanableBytes > 0 && cleanableBytes > minCleanableRatio * (look.cleanBytes + cleanableBytes)
  )
}

function surveyed(log: PartitionLog): SurveyedLog {
  const { config, sizeBytes, compaction } = log
  return { config, sizeBytes, ...compaction }
}

/** Logs looked at between two turns of the event loop. */
const LOGS_PER_SLICE = 500
