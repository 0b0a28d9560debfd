import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { expect, it, onTestFinished } from 'vitest'
import { openPrismaStorage } from '../../storage/prisma/storage.ts'
import {
  COMPACTED_LOG_CONFIG,
  UPDATES_PER_BATCH,
  updatedKey,
  updatesOf,
} from '../testing/compacted-updates.ts'
import { granted, openLogs, readAll } from '../testing/open-log.ts'
import { createUnreliableLogStore } from '../testing/unreliable-log-store.ts'

const root = join(import.meta.dirname, '../../..')
const prismaDir = join(root, 'prisma')
const lives = Number(process.env.COMPACTION_KILLS ?? 3)

/**
 * Each life begins with the batch of which it is not known whether it was stored, as a producer does
 * that got no answer, and ends at some moment of a compaction.
 */
it(`whatever moment a compaction is killed at, nothing is lost, doubled or out of place (${lives} times)`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-compaction-kill-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const script = await bundleWriter()
  let next = 0
  let compactions = 0
  for (let life = 0; life < lives; life++) {
    const child = spawn(process.execPath, [script, dataDir, prismaDir, String(next)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    let ended = 0
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line)
      if (said.stored !== undefined) {
        expect(said.baseOffset).toBe(said.stored * UPDATES_PER_BATCH)
        next = said.stored + 1
      }
      if (said.compaction === 'ended' && said.cleanOffset > 0) ended++
      if (said.compaction === 'begins' && ended > life) {
        // A compaction of so little takes some tens of milliseconds: each life ends later within it.
        void delay(life * 7).then(() => child.kill('SIGKILL'))
      }
    }
    await exited
    compactions += ended
    await checkLog(dataDir, next)
  }
  expect(compactions).toBeGreaterThan(lives)
}, 120_000)

async function checkLog(dataDir: string, acknowledged: number): Promise<void> {
  const storage = await openPrismaStorage({ dataDir, prismaDir })
  const open = await openLogs({ storage: createUnreliableLogStore(storage.log) })
  const log = open.logs.open(1, () => COMPACTED_LOG_CONFIG)
  const end = log.highWatermark
  expect(end).toBeGreaterThanOrEqual(acknowledged * UPDATES_PER_BATCH)
  expect(end % UPDATES_PER_BATCH).toBe(0)

  const last = new Map(Array.from({ length: end }, (_, offset) => [updatedKey(offset), offset]))
  const found = await readAll(log)
  for (const { offset, value } of found) expect(value.startsWith(`${offset}|`)).toBe(true)
  const offsets = new Set(found.map(({ offset }) => offset))
  for (const [key, offset] of last) expect(offsets.has(offset), `${key} at ${offset}`).toBe(true)

  const chunks = await storage.log.list(1, 0, 100_000)
  expect(log.sizeBytes).toBe(chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
  for (const [n, chunk] of chunks.entries()) {
    expect(chunk.baseOffset).toBeGreaterThanOrEqual(chunks[n - 1]?.nextOffset ?? 0)
  }
  // The producer's last batch is known, whatever became of the chunk that it came in.
  const again = granted(await log.append(updatesOf(end / UPDATES_PER_BATCH - 1)))
  expect(again).toMatchObject({ duplicate: true, baseOffset: end - UPDATES_PER_BATCH })
  await open.logs.close()
  await storage.close()
}

/** The threads' scripts are made beside it, where the product's build would put them. */
async function bundleWriter(): Promise<string> {
  const outdir = join(root, 'node_modules/.cache/tributary/compaction-kill')
  await build({
    entryPoints: {
      writer: join(root, 'broker/log/testing/compacting-writer.ts'),
      'storage-thread': join(root, 'broker/storage/prisma/thread.ts'),
      'compaction-thread': join(root, 'broker/log/compaction/thread.ts'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  return join(outdir, 'writer.mjs')
}
