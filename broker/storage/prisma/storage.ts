import { fileURLToPath } from 'node:url'
import type { StorageFailure } from '../failure.ts'
import type { CatalogueStore, LogStore, Storage } from '../storage.ts'
import { findThreadFile } from '../thread-file.ts'
import { createPacker } from './packing.ts'
import { type Call, StorageThread } from './storage-thread.ts'

/**
 * Storage in SQLite through Prisma, in a thread of its own. This side only sends messages: it loads
 * neither Prisma nor SQLite.
 */
export interface PrismaStorageOptions {
  /** Folder of `broker.db` and `log.db`, made (mode 0700) where it is absent. */
  readonly dataDir: string
  /**
   * `NORMAL`: what was acknowledged survives a killed process. `FULL`: the loss of power as well,
   * at a sync per commit.
   */
  readonly synchronous?: 'NORMAL' | 'FULL'
  /** The bundled `thread.ts`. By default `storage-thread.mjs` beside this module, or made from source. */
  readonly threadFile?: string | URL
  /** The project's `prisma` folder, which holds the migrations. */
  readonly prismaDir?: string
  /** The thread died: nothing works any more, and everything pending has been rejected. */
  readonly onFatal?: (failure: StorageFailure) => void
}

/** Rejects with a `StorageFailure` where the databases cannot be opened. */
export async function openPrismaStorage(options: PrismaStorageOptions): Promise<Storage> {
  const packer = createPacker()
  const thread = await StorageThread.start({
    file: await findThreadFile({
      name: 'storage-thread',
      source: new URL('./thread.ts', import.meta.url),
      given: options.threadFile,
    }),
    options: {
      dataDir: options.dataDir,
      prismaDir: options.prismaDir ?? projectPrismaDir(),
      synchronous: options.synchronous ?? 'NORMAL',
      slots: packer.slots,
    },
    onFatal: options.onFatal ?? (() => {}),
  })
  return {
    catalogue: remoteCatalogue(thread.call),
    log: {
      ...remoteLog(thread.call),
      async write(write) {
        const packed = packer.pack(write)
        try {
          await thread.call('log', 'write', packed)
        } finally {
          packer.release(packed)
        }
      },
    },
    close: () => thread.close(),
  }
}

function remoteCatalogue(call: Call): CatalogueStore {
  return {
    load: () => call('catalogue', 'load'),
    putTenant: (tenant) => call('catalogue', 'putTenant', tenant),
    deleteTenant: (tenantId) => call('catalogue', 'deleteTenant', tenantId),
    putApiKey: (apiKey) => call('catalogue', 'putApiKey', apiKey),
    deleteApiKey: (key) => call('catalogue', 'deleteApiKey', key),
    putOpenListener: (listener) => call('catalogue', 'putOpenListener', listener),
    createTopics: (topics) => call('catalogue', 'createTopics', topics),
    addPartitions: (topicId, count) => call('catalogue', 'addPartitions', topicId, count),
    deleteTopics: (topicIds) => call('catalogue', 'deleteTopics', topicIds),
    putTopicConfig: (topicId, config) => call('catalogue', 'putTopicConfig', topicId, config),
    putGroups: (groups) => call('catalogue', 'putGroups', groups),
    deleteGroups: (tenantId, groupIds) => call('catalogue', 'deleteGroups', tenantId, groupIds),
    putOffsets: (offsets) => call('catalogue', 'putOffsets', offsets),
    deleteOffsets: (keys) => call('catalogue', 'deleteOffsets', keys),
    reserveProducerIds: (count) => call('catalogue', 'reserveProducerIds', count),
  }
}

function remoteLog(call: Call): Omit<LogStore, 'write'> {
  return {
    givesBytesAway: true,
    load: () => call('log', 'load'),
    read: (partitionId, offset, maxBytes) => call('log', 'read', partitionId, offset, maxBytes),
    list: (partitionId, offset, limit) => call('log', 'list', partitionId, offset, limit),
    findByTimestamp: (partitionId, timestampMs) =>
      call('log', 'findByTimestamp', partitionId, timestampMs),
    findMaxTimestamp: (partitionId) => call('log', 'findMaxTimestamp', partitionId),
    truncateBefore: (update) => call('log', 'truncateBefore', update),
    replaceChunks: (replacement) => call('log', 'replaceChunks', replacement),
    putCompaction: (partitionId, mark) => call('log', 'putCompaction', partitionId, mark),
    sweep: (known, limit) => call('log', 'sweep', known, limit),
    vacuum: (pages) => call('log', 'vacuum', pages),
    space: () => call('log', 'space'),
    checkpoint: () => call('log', 'checkpoint'),
  }
}

/** From `dist/` it is a sibling of the bundle's folder; from source it is three folders up. */
function projectPrismaDir(): string {
  const fromSource = import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(fromSource ? '../../../prisma' : '../prisma', import.meta.url))
}
