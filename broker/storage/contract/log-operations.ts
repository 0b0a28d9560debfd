import fc from 'fast-check'
import type { ChunkInfo, CompactionMark, LogStore } from '../storage.ts'
import {
  flawedReplacement,
  flawedTruncation,
  flawedWrite,
  infoOf,
  offsetAt,
  partition,
  place,
  replacement,
  time,
  truncation,
  write,
} from './log-arguments.ts'
import type { LogModel } from './log-model.ts'

/**
 * Operations for the properties of the log: as a log above storage would ask for them, and with
 * flaws for which storage has to refuse them.
 */
export interface Operation {
  readonly name: string
  /** Carries itself out on the model. Null where there is nothing that it could be asked of. */
  plan(model: LogModel): Planned | null
}

/** What to ask of the log, and what it has to answer. */
export interface Planned {
  readonly ask: (log: LogStore) => Promise<unknown>
  readonly answer: unknown
}

/** The answer to what is refused. */
export const REFUSED = { refused: 'CONSTRAINT' }

/** Any of them. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 5,
    arbitrary: write.map((args) =>
      named('write', args, (model) => {
        const asked = flawedWrite(model, args)
        const answer = model.write(asked) ? undefined : REFUSED
        return { ask: (log) => log.write(asked), answer }
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: replacement.map((args) =>
      named('replaceChunks', args, (model) => {
        const asked = flawedReplacement(model, args)
        if (asked === null) return null
        // The bytes are storage's from then on; the model keeps its own.
        const given = structuredClone(asked)
        return { ask: (log) => log.replaceChunks(given), answer: model.replace(asked) ?? REFUSED }
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: truncation.map((args) =>
      named('truncateBefore', args, (model) => {
        const asked = flawedTruncation(model, args)
        return { ask: (log) => log.truncateBefore(asked), answer: model.truncate(asked) ?? REFUSED }
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(partition, place, fc.option(time)).map((args) =>
      named('putCompaction', args, (model) => {
        const [partitionId, at, tombstonesDueMs] = args
        const mark: CompactionMark = {
          cleanOffset: offsetAt(model, partitionId, at),
          tombstonesDueMs,
        }
        model.mark(partitionId, mark)
        return { ask: (log) => log.putCompaction(partitionId, mark), answer: undefined }
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(partition, place, fc.integer({ min: 0, max: 900 })).map((args) =>
      named('read', args, (model) => {
        const [partitionId, at, maxBytes] = args
        const offset = offsetAt(model, partitionId, at)
        const found = model.read(partitionId, offset, maxBytes)
        return {
          ask: (log) => log.read(partitionId, offset, maxBytes),
          answer: found.map(({ bytes, ...chunk }) => ({ ...infoOf(chunk), bytes })),
        }
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(partition, place, fc.integer({ min: 0, max: 9 })).map((args) =>
      named('list', args, (model) => {
        const [partitionId, at, limit] = args
        const offset = offsetAt(model, partitionId, at)
        return {
          ask: (log) => log.list(partitionId, offset, limit),
          answer: model.list(partitionId, offset, limit).map(infoOf),
        }
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(partition, time).map((args) =>
      named('findByTimestamp', args, (model) => ({
        ask: (log) => log.findByTimestamp(...args),
        answer: infoOrNull(model.byTimestamp(...args)),
      })),
    ),
  },
  {
    weight: 1,
    arbitrary: partition.map((partitionId) =>
      named('findMaxTimestamp', partitionId, (model) => ({
        ask: (log) => log.findMaxTimestamp(partitionId),
        answer: infoOrNull(model.maxTimestamp(partitionId)),
      })),
    ),
  },
)

function named(name: string, args: unknown, plan: Operation['plan']): Operation {
  const text = `${name} ${JSON.stringify(args)}`
  return { name: text, plan }
}

function infoOrNull(chunk: ChunkInfo | null): ChunkInfo | null {
  return chunk === null ? null : infoOf(chunk)
}
