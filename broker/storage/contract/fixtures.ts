import type {
  ChunkWrite,
  CommittedOffset,
  GroupRecord,
  LogWrite,
  NewTopic,
  OpenListenerRecord,
  PartitionUpdate,
  TenantRecord,
} from '../storage.ts'

/** Valid records for tests of storage, with what a test is about put in by hand. */

export function tenant(id: string, changes: Partial<TenantRecord> = {}): TenantRecord {
  return { id, type: 'BASIC', limits: {}, createdMs: 1_700_000_000_000, ...changes }
}

export function openListener(
  tenantId: string,
  changes: Partial<OpenListenerRecord> = {},
): OpenListenerRecord {
  return { tenantId, isOn: true, port: 9192, createTopics: false, partitions: 1, ...changes }
}

export function newTopic(name: string, changes: Partial<NewTopic> = {}): NewTopic {
  return {
    id: `id-of-${name}`,
    tenantId: 'lkc-1',
    name,
    config: {},
    createdMs: 1_700_000_000_001,
    partitionCount: 1,
    ...changes,
  }
}

export function group(groupId: string, changes: Partial<GroupRecord> = {}): GroupRecord {
  return {
    tenantId: 'lkc-1',
    groupId,
    protocolType: 'consumer',
    generation: 1,
    emptySinceMs: null,
    ...changes,
  }
}

export function offset(topicId: string, changes: Partial<CommittedOffset> = {}): CommittedOffset {
  return {
    tenantId: 'lkc-1',
    groupId: 'g',
    topicId,
    partition: 0,
    offset: 7,
    leaderEpoch: 0,
    metadata: '',
    committedMs: 1_700_000_000_002,
    ...changes,
  }
}

/** A chunk of the offsets from `baseOffset` to before `nextOffset`, ten bytes each. */
export function chunk(
  partitionId: number,
  baseOffset: number,
  nextOffset: number,
  changes: Partial<ChunkWrite> = {},
): ChunkWrite {
  const bytes = changes.bytes ?? bytesOf(partitionId + baseOffset, (nextOffset - baseOffset) * 10)
  return {
    partitionId,
    baseOffset,
    nextOffset,
    maxTimestampMs: nextOffset,
    runningMaxTimestampMs: nextOffset,
    sizeBytes: bytes.length,
    producers: new Uint8Array(0),
    bytes,
    ...changes,
  }
}

/** The write of these chunks to logs that begin at 0, with the rows that follow from them. */
export function writeOf(
  chunks: readonly ChunkWrite[],
  changes: Partial<PartitionUpdate> = {},
): LogWrite {
  const rows = new Map<number, PartitionUpdate>()
  for (const { partitionId, nextOffset, sizeBytes } of chunks) {
    const before = rows.get(partitionId)?.sizeBytes ?? 0
    const row = { partitionId, logStartOffset: 0, nextOffset, sizeBytes: before + sizeBytes }
    rows.set(partitionId, { ...row, ...changes })
  }
  return { chunks, partitions: [...rows.values()] }
}

/** Bytes that differ from those of other seeds, and from one place to the next. */
export function bytesOf(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) bytes[index] = seed * 31 + index * 7
  return bytes
}

export function plainBytes(bytes: Uint8Array): number[] {
  return [...bytes]
}
