/**
 * `npm run verify`: checks a data folder while nothing runs on it: that SQLite finds its files whole,
 * that every record batch has its checksum, and that what the files say of each other is so. Ends
 * with 0 where nothing is wrong, 1 where something is, 2 where it could not be looked at.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkDatabaseFile } from '../../prisma/adapter/check-file.ts'
import { takeDataFolderLock } from '../../prisma/adapter/data-folder-lock.ts'
import { readEnvironment } from '../environment.ts'
import { openPrismaStorage } from '../storage/prisma/storage.ts'
import { verifyStorage } from './verify-storage.ts'

const files = ['broker.db', 'log.db', 'console.db', 'services.db']
/** Beyond these, more lines tell nobody more. */
const findingsShownMax = 100

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  return 2
})

async function run(): Promise<number> {
  const parsed = readEnvironment(process.env)
  if (!parsed.ok) throw new Error(parsed.reason)
  const { dataDir } = parsed.environment
  if (!existsSync(join(dataDir, 'broker.db'))) {
    throw new Error(`There is no data in ${dataDir}: set DATA_DIR to the folder that is meant.`)
  }
  const locks = []
  for (const name of ['boot', 'broker', 'services'] as const) {
    const taken = await takeDataFolderLock({ dataDir, name, waitMs: 0 })
    if (!taken.ok) throw new Error(`${dataDir} is in use: stop Tributary first.`)
    locks.push(taken.lock)
  }
  const wrong = checkFiles(dataDir)
  // What SQLite cannot read, nobody else should try to.
  const findings = wrong > 0 ? 0 : await checkContents(dataDir)
  for (const lock of locks) lock.release()
  return wrong + findings === 0 ? 0 : 1
}

function checkFiles(dataDir: string): number {
  let wrong = 0
  for (const file of files.filter((name) => existsSync(join(dataDir, name)))) {
    const problems = checkDatabaseFile(join(dataDir, file))
    for (const problem of problems) console.log(`✗ ${file}: ${problem}`)
    if (problems.length === 0) console.log(`✓ ${file} is whole`)
    wrong += problems.length
  }
  return wrong
}

async function checkContents(dataDir: string): Promise<number> {
  const storage = await openPrismaStorage({ dataDir })
  const totals = { partitions: 0, chunks: 0, bytes: 0 }
  let findings = 0
  try {
    for await (const { place, offset, what } of verifyStorage(storage, totals)) {
      findings += 1
      const where = offset === null ? place : `${place} at offset ${offset}`
      if (findings <= findingsShownMax) console.log(`✗ ${where}: ${what}`)
    }
  } finally {
    await storage.close()
  }
  if (findings > findingsShownMax) console.log(`  and ${findings - findingsShownMax} more`)
  const looked = `${totals.partitions} partitions, ${totals.chunks} chunks, ${totals.bytes} bytes`
  console.log(`${findings === 0 ? '✓' : '✗'} ${looked} looked at: ${findings} problems`)
  return findings
}
