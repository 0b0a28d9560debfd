import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  baseOffsetAt,
  batchSizeAt,
  hasRightChecksum,
  nextOffsetAt,
  readBatchHeader,
} from '../../protocol/record-batch.ts'
import { asBuffer } from '../../protocol/wire.ts'

/** What stands in the bytes of a chunk, one after another: batches with a right checksum, and the rest. */
export type Piece =
  | { readonly kind: 'batch'; readonly header: BatchHeader }
  | { readonly kind: 'damage'; readonly reason: string }

/**
 * Takes the bytes of a chunk that ends at `nextOffset` apart, over damage if need be. Behind a damaged
 * batch it goes on where its length says that the next one begins, if one does. Where the length is
 * what is damaged, it goes on at the next place at which a batch with a right checksum begins that
 * another one, or the end, follows: a batch that somebody sent as a value is not taken for one of
 * the log.
 */
export function scanBatches(chunkBytes: Uint8Array, nextOffset: number): readonly Piece[] {
  const bytes = asBuffer(chunkBytes)
  const pieces: Piece[] = []
  for (let at = 0; at < bytes.length; ) {
    const header = readBatchHeader(bytes, at)
    if (!('error' in header) && hasRightChecksum(bytes, header)) {
      pieces.push({ kind: 'batch', header })
      at += header.sizeBytes
    } else {
      const reason = 'error' in header ? header.message : WRONG_CHECKSUM
      pieces.push({ kind: 'damage', reason: withoutFullStop(reason) })
      at = endOfDamage(bytes, at, nextOffset)
    }
  }
  return pieces
}

const WRONG_CHECKSUM = 'the checksum of the record batch is wrong'

/** Where to go on behind a damaged batch at `at`; the end of the bytes where nobody can say. */
function endOfDamage(bytes: Buffer, at: number, nextOffset: number): number {
  const left = bytes.length - at
  if (left < BATCH_HEADER_BYTES) {
    return bytes.length
  }
  const landing = at + batchSizeAt(bytes, at)
  const isSane = landing >= at + BATCH_HEADER_BYTES && landing <= bytes.length
  const follows = nextOffsetAt(bytes, at)
  if (!isSane || !beginsHere(bytes, landing)) {
    return findBatch(bytes, at, bytes.length, () => true) ?? bytes.length
  }
  // A wrong length may lead over several batches. Then the offsets do not fit, and the one that
  // they lead to stands before.
  const landingOffset = landing === bytes.length ? nextOffset : baseOffsetAt(bytes, landing)
  return landingOffset === follows
    ? landing
    : (findBatch(bytes, at, landing, ({ baseOffset }) => baseOffset === follows) ?? landing)
}

/** The first place after `at` and before `end` where a batch begins that may be one of the log's. */
function findBatch(
  bytes: Buffer,
  at: number,
  end: number,
  isMeant: (header: BatchHeader) => boolean,
): number | null {
  let bytesToSum = SUMMED_BYTES_MAX
  for (let next = at + 1; next < end && bytes.length - next >= BATCH_HEADER_BYTES; next++) {
    // Nearly every place is ruled out by one byte.
    if (bytes[next + MAGIC] !== 2) continue
    const header = readBatchHeader(bytes, next)
    if ('error' in header || !isMeant(header) || !beginsHere(bytes, next + header.sizeBytes)) {
      continue
    }
    bytesToSum -= header.sizeBytes
    if (bytesToSum < 0) return null
    if (hasRightChecksum(bytes, header)) return next
  }
  return null
}

/** Whether something that could be a batch begins here, or the chunk ends. */
function beginsHere(bytes: Buffer, at: number): boolean {
  return at === bytes.length || !('error' in readBatchHeader(bytes, at))
}

/** Where the format of a batch stands in its header. */
const MAGIC = 16

/** A value may be made to look like a batch at every byte; summing them all would take seconds. */
const SUMMED_BYTES_MAX = 64 * 1024 * 1024

function withoutFullStop(sentence: string): string {
  const [first = '', ...rest] = sentence.replace(/\.$/, '')
  return first.toLowerCase() + rest.join('')
}
