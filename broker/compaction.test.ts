import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  compactedTopicConfig,
  runCompaction,
} from '../e2e/benchmarks/compaction/compacted-topic.ts'
import { type Clock, systemClock } from './clock.ts'
import { startTestBroker } from './testing/test-broker.ts'

/** The time of day as it is, but what is done every 15 s comes every second. */
const hurriedClock: Clock = {
  nowMs: systemClock.nowMs,
  after: (delayMs, fire) => systemClock.after(delayMs / 15, fire),
}

/** `npm run bench -- compaction` in the small: just more than compaction leaves alone (50 MiB). */
it('what is written over and over is compacted, and nobody misses anything', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-compaction-'))
  const broker = await startTestBroker({
    clock: hurriedClock,
    storage: { dataDir },
    first: { topics: [{ name: 'updates', partitions: 1, config: compactedTopicConfig }] },
  })
  try {
    const { key, secret } = broker.first
    const [port = 0] = broker.ports
    const outcome = await runCompaction({
      target: { port, key, secret, topic: 'updates' },
      ...{ count: 80_000, keys: 1000, tombstones: 100, partitions: 1 },
      ...{ leftMax: 60_000, withinMs: 60_000 },
    })
    expect(outcome.problems).toEqual([])
  } finally {
    await broker.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 120_000)
