import type { ChunkInfo } from '../../storage/storage.ts'
import type { PartitionLog } from '../partition-log.ts'
import type { LostRange, Salvage } from './salvage.ts'

/** The line that the broker's log has for a damaged chunk: where, what was wrong, and what is lost. */
export function describeSalvage(
  log: Pick<PartitionLog, 'describe' | 'compaction'>,
  { baseOffset, nextOffset }: ChunkInfo,
  { damage, lost, isRowWrong }: Salvage,
): string {
  const place = `Damage in ${log.describe()}`
  if (isRowWrong) {
    return `${place}: offsets ${baseOffset} to ${nextOffset - 1} cannot be read, since ${damage.reason}; they are left as they are.`
  }
  if (lost.length === 0) {
    return `${place}: at offset ${damage.offset} ${damage.reason}; it was put right, and no record is lost.`
  }
  const ranges = lost.map((range) => describeRange(range, log.compaction.cleanOffset))
  return `${place}: ${ranges.join('; ')}. Everything else of the chunk of offsets ${baseOffset} to ${nextOffset - 1} is kept.`
}

function describeRange({ baseOffset, nextOffset, reason }: LostRange, cleanOffset: number): string {
  // Below the clean offset compaction has left gaps, which nobody can tell from what was cut.
  const count = `${baseOffset < cleanOffset ? 'up to ' : ''}${nextOffset - baseOffset} records`
  return `offsets ${baseOffset} to ${nextOffset - 1} are lost (${count}), since ${reason}`
}
