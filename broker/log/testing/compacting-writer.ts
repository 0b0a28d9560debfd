/**
 * A process that updates keys in one compacted log on disk and compacts it all the time, until it is
 * killed: `node … <dataDir> <prismaDir> <first batch>`. Says on its output which batches are stored,
 * and when a compaction begins and ends.
 */
import { isRefusal } from '../../errors.ts'
import { openPrismaStorage } from '../../storage/prisma/storage.ts'
import { openCleanerThread } from '../compaction/cleaner-thread.ts'
import { openPartitionLogs } from '../partition-logs.ts'
import { COMPACTED_LOG_CONFIG, updatesOf } from './compacted-updates.ts'

const [, , dataDir = '', prismaDir = '', first = '0'] = process.argv
const storage = await openPrismaStorage({ dataDir, prismaDir })
const logs = await openPartitionLogs({ storage, openCleaner: openCleanerThread, reportFailure })
const log = logs.open(1, () => COMPACTED_LOG_CONFIG)
void compactForEver()
for (let number = Number(first); ; number++) {
  const outcome = await log.append(updatesOf(number))
  if (isRefusal(outcome)) throw new Error(outcome.message ?? outcome.error)
  console.log(JSON.stringify({ stored: number, baseOffset: outcome.baseOffset }))
}

async function compactForEver(): Promise<never> {
  for (;;) {
    console.log(JSON.stringify({ compaction: 'begins' }))
    await logs.compact()
    console.log(JSON.stringify({ compaction: 'ended', cleanOffset: log.compaction.cleanOffset }))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function reportFailure(error: unknown): void {
  console.error(error)
  process.exit(1)
}
