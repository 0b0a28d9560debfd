import { statfs } from 'node:fs/promises'
import { type Clock, systemClock, type Timer } from '../clock.ts'
import { StorageFailure, storageFailureCode } from './failure.ts'
import type { LogStore } from './storage.ts'

/**
 * Refuses record batches while the disk is nearly full, as SQLite would once it is full.
 *
 * Deleting takes space before it gives any: rows are changed in a write-ahead log first. On a disk that
 * producers had filled to the last byte no topic could be deleted any more, no offset committed,
 * and a restart might fail. So the last part is not theirs. Pages that are free within log.db
 * count as space, since what comes next goes there.
 *
 * Storage that is full in spite of it, because somebody else filled the disk, refuses by itself.
 */
export function withSpaceReserve(log: LogStore, options: SpaceReserveOptions): LogStore {
  const { report, clock = systemClock } = options
  /** What may be written until somebody has to look again. */
  let leftBytes = 0
  let lookedMs = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    lookedMs = clock.nowMs()
    const { freeBytes, totalBytes } = await options.diskSpace()
    const reserveBytes = Math.min(RESERVE_BYTES, totalBytes * RESERVE_SHARE)
    leftBytes = freeBytes - reserveBytes
    if (leftBytes <= 0) leftBytes += (await log.space()).freeBytes
  }

  return {
    ...log,
    async write(write) {
      const isOld = Math.abs(clock.nowMs() - lookedMs) >= LOOK_INTERVAL_MS
      if (leftBytes < NEAR_BYTES || isOld) await look()
      if (leftBytes <= 0) {
        report.refused()
        throw new StorageFailure('DISK_FULL', 'The disk is nearly full.')
      }
      try {
        await log.write(write)
      } catch (error) {
        if (storageFailureCode(error) === 'DISK_FULL') report.refused()
        throw error
      }
      report.stored()
      // Pages are written whole, and stand in the write-ahead log as well for a while.
      leftBytes -= 2 * write.chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
    },
  }
}

export interface SpaceReserveOptions {
  readonly diskSpace: () => Promise<DiskSpace>
  readonly report: SpaceReport
  readonly clock?: Clock
}

export interface DiskSpace {
  readonly freeBytes: number
  readonly totalBytes: number
}

/** What the file system of a folder has left for us; no end of it where it does not say. */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const space = await statfs(folder).catch(() => null)
  if (space === null || space.blocks === 0) return { freeBytes: Infinity, totalBytes: Infinity }
  return { freeBytes: space.bavail * space.bsize, totalBytes: space.blocks * space.bsize }
}

/**
 * Says once that the disk is full and once that it no longer is: producers try again as fast as they
 * can, and a line for each time would fill what is left. It is over when something was stored and for
 * a while nothing was refused.
 */
export function createSpaceReport({ log, clock, folder }: SpaceReportOptions): SpaceReport {
  let isFull = false
  let refusedMs = 0
  /** Runs while something has been stored since the last refusal. */
  let ending: Timer | null = null

  return {
    refused() {
      refusedMs = clock.nowMs()
      ending?.cancel()
      ending = null
      if (isFull) return
      isFull = true
      log(
        `The disk of ${folder} is full: what producers send is refused until there is space (they try again), reading goes on. Delete topics or records, or free space elsewhere.`,
      )
    },
    stored() {
      if (!isFull || ending !== null) return
      ending = clock.after(Math.max(0, refusedMs + CALM_MS - clock.nowMs()), () => {
        ending = null
        isFull = false
        log(`There is space in ${folder} again: records are stored.`)
      })
    },
  }
}

export interface SpaceReport {
  /** Something could not be stored for want of space. */
  refused(): void
  /** Records were stored. */
  stored(): void
}

export interface SpaceReportOptions {
  readonly log: (line: string) => void
  readonly clock: Clock
  readonly folder: string
}

/**
 * Not for records: enough for what the write-ahead logs of both files may have to move to them (4 MiB
 * and a transaction each), and for deleting a topic. Of a small disk at most a quarter.
 */
export const RESERVE_BYTES = 32 * 1024 * 1024
const RESERVE_SHARE = 1 / 4

/** Farther from the end than this, looking so often is enough: nobody writes 2 GB in the meantime. */
const LOOK_INTERVAL_MS = 1000
const NEAR_BYTES = 256 * 1024 * 1024

const CALM_MS = 2000
