import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Peer, type StartedPeer, stopPeer } from './peer.ts'
import type { PerfTools } from './perf-tools.ts'
import type { Figure } from './rows.ts'
import { createTopics, produceOnce } from './topics.ts'

/** One thing that is measured, the same for every peer. */
export interface Scenario {
  readonly name: string
  /** How often by default: what takes minutes and hardly varies is measured less often. */
  readonly runs: number
  measure(peer: Peer, tools: PerfTools): Promise<readonly Figure[]>
}

/** Starts a peer on an empty folder, waits until it takes records, and removes all of it afterwards. */
export async function withPeer<T>(
  peer: Peer,
  use: (started: StartedPeer, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  await peer.prepare(folder)
  const started = await peer.start(folder)
  try {
    await untilReady(started)
    return await use(started, folder)
  } finally {
    await stopPeer(started)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The topic that every peer has, and that nothing is measured with. */
export const firstTopic = 'first'

/** Creates `firstTopic` where it is absent, and waits until a record in it is acknowledged. */
export async function untilReady(started: StartedPeer): Promise<void> {
  for (;;) {
    if (started.process.exitCode !== null) throw new Error('The broker ended while it started')
    const isThere = await createTopics(started, [{ name: firstTopic, partitions: 1 }]).then(
      () => true,
      () => false,
    )
    if (isThere) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await produceOnce(started, firstTopic)
}

export function pidOf({ process: broker }: StartedPeer): number {
  if (broker.pid === undefined) throw new Error('The broker has no process')
  return broker.pid
}
