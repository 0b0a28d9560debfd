import { type RecordError, type Refusal, refuse } from '../errors.ts'
import { decompress } from '../protocol/compression.ts'
import { BATCH_HEADER_BYTES, type BatchHeader } from '../protocol/record-batch.ts'
import { RecordSpans } from './compaction/record-spans.ts'

/**
 * Holds a batch for a compacted topic against what Kafka demands there: every record has a key, and
 * stands at its place. This is the one place where records are looked at before they are stored, and
 * only such topics pay for it. Null where nothing is wrong; the check itself where the batch has to be
 * unpacked for it, or has more records than can be looked at without letting others in.
 *
 * Gzip, lz4 and snappy unpack beside the event loop; zstd, for want of a library that does, within it:
 * 5 ms for an ordinary megabyte, 0.1 to 0.2 s for one that becomes 64 MiB.
 */
export function recordKeysProblem(
  records: Uint8Array,
  batch: BatchHeader,
): Refusal | null | (() => Promise<Refusal | null>) {
  const payload = records.subarray(BATCH_HEADER_BYTES, batch.sizeBytes)
  if (batch.compression !== 'none') return () => decompressedProblem(payload, batch)
  if (batch.recordCount > SLICE_RECORDS) return () => inSlices(keysProblem(payload, batch))
  return keysProblem(payload, batch).next().value ?? null
}

async function decompressedProblem(payload: Uint8Array, batch: BatchHeader) {
  try {
    const unpacked = await decompress(batch.compression, payload, PAYLOAD_BYTES_MAX)
    return await inSlices(keysProblem(unpacked, batch))
  } catch (error) {
    return unreadable(error)
  }
}

type KeysProblem = Generator<undefined, Refusal | null>

/** Between two slices the event loop turns. */
async function inSlices(slices: KeysProblem): Promise<Refusal | null> {
  for (;;) {
    const slice = slices.next()
    if (slice.done) return slice.value
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Looks at so many records at a time. */
function* keysProblem(payload: Uint8Array, batch: BatchHeader): KeysProblem {
  const recordErrors: RecordError[] = []
  let keyless = 0
  try {
    const spans = new RecordSpans(payload, batch.recordCount)
    for (let batchIndex = 0; spans.next(); batchIndex++) {
      if (spans.offsetDelta !== batchIndex) {
        return refuse(
          'INVALID_RECORD',
          `Record ${batchIndex} of the batch has the offset delta ${spans.offsetDelta}.`,
        )
      }
      if (spans.keyLength < 0 && ++keyless <= RECORD_ERRORS_MAX) {
        recordErrors.push({ batchIndex, batchIndexErrorMessage: KEYLESS })
      }
      if ((batchIndex + 1) % SLICE_RECORDS === 0 && batchIndex + 1 < batch.recordCount) yield
    }
  } catch (error) {
    return unreadable(error)
  }
  return keyless === 0
    ? null
    : {
        ...refuse(
          'INVALID_RECORD',
          `${keyless} of ${batch.recordCount} records have no key, which a compacted topic needs.`,
        ),
        recordErrors,
      }
}

function unreadable(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error)
  return refuse(
    'INVALID_RECORD',
    `The records cannot be read, which a compacted topic needs: ${reason}`,
  )
}

const KEYLESS = 'A compacted topic takes no record without a key.'

/** 2 ms. */
const SLICE_RECORDS = 20_000

/** A million of them would make a large answer of a small request. */
const RECORD_ERRORS_MAX = 1000

/** As much as compaction itself would read. */
const PAYLOAD_BYTES_MAX = 64 * 1024 * 1024
