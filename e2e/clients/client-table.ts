import zlib from 'node:zlib'
import { type AdminStep, adminSteps } from './admin-requests.ts'
import type { Partitioner } from './partitioners.ts'
import { skipNote } from './quick.ts'
import { goClient, installed, type Program, pythonClient } from './toolchains.ts'

export type Codec = 'gzip' | 'snappy' | 'lz4' | 'zstd'
export const codecs: readonly Codec[] = ['gzip', 'snappy', 'lz4', 'zstd']

/** One client under test: what it is, how to run it, and what it can do. */
export interface Client {
  readonly name: string
  /** The name, and why it is skipped where it is. */
  readonly title: string
  readonly program: Program
  /** How its keys choose partitions unless it is told otherwise. */
  readonly partitioner: Partitioner
  readonly writes: readonly Codec[]
  readonly reads: readonly Codec[]
  /** What its library has no call for, or calls in a way that cannot be told from another. */
  readonly cannot: readonly AdminStep[]
}

const node = (name: string, library: string): Program =>
  installed(
    ['node', `e2e/clients/${name}/client.mjs`],
    ['node', '-e', `import("${library}")`],
    'npm install',
  )

const withZstd = 'zstdCompressSync' in zlib

const table: readonly Omit<Client, 'title'>[] = [
  {
    name: 'kcat',
    program: installed(
      ['node', 'e2e/clients/kcat/client.mjs'],
      ['kcat', '-V'],
      'apt-get install kcat',
    ),
    partitioner: 'crc32',
    writes: codecs,
    reads: codecs,
    // It lists metadata and looks offsets up.
    cannot: adminSteps.filter(
      (step) => !['listTopics', 'describeTopic', 'describeCluster', 'listOffsets'].includes(step),
    ),
  },
  {
    name: 'confluent-kafka',
    program: pythonClient('confluent-kafka'),
    partitioner: 'crc32',
    writes: codecs,
    reads: codecs,
    cannot: ['deleteGroupOffsets'],
  },
  {
    name: 'kafka-python',
    program: pythonClient('kafka-python'),
    partitioner: 'murmur2',
    writes: codecs,
    reads: codecs,
    cannot: [],
  },
  {
    name: 'kafka-python-2.0.2',
    program: installed(
      ['/usr/bin/python3', 'e2e/clients/kafka-python/client.py'],
      ['/usr/bin/python3', '-c', 'import kafka; assert kafka.__version__ == "2.0.2"'],
      'apt-get install python3-kafka',
    ),
    partitioner: 'murmur2',
    writes: ['gzip'],
    reads: ['gzip'],
    cannot: ['deleteRecords', 'deleteGroupOffsets'],
  },
  {
    name: 'kafkajs',
    program: node('kafkajs', 'kafkajs'),
    partitioner: 'murmur2',
    writes: ['gzip'],
    reads: ['gzip'],
    cannot: ['deleteGroupOffsets'],
  },
  {
    name: 'platformatic-kafka',
    program: node('platformatic-kafka', '@platformatic/kafka'),
    partitioner: 'murmur2',
    // It has zstd from Node.js, where that has it. Snappy it reads without a frame only, as librdkafka and
    // the Go clients write it, and not as Java and Python do.
    writes: withZstd ? codecs : ['gzip', 'snappy', 'lz4'],
    reads: withZstd ? ['gzip', 'lz4', 'zstd'] : ['gzip', 'lz4'],
    cannot: [],
  },
  {
    name: 'franz-go',
    program: goClient('franz-go'),
    partitioner: 'murmur2',
    writes: codecs,
    reads: codecs,
    cannot: [],
  },
  {
    name: 'sarama',
    program: goClient('sarama'),
    partitioner: 'fnv1a',
    writes: codecs,
    reads: codecs,
    cannot: [],
  },
]

/** A row of the table is all that a new client needs to be judged by every suite. */
export const clients: readonly Client[] = table.map((row) => ({
  ...row,
  title: `${row.name}${skipNote(row.program)}`,
}))

/** For tables of tests: vitest shortens what it takes out of objects. */
export function titled(some: readonly Client[]): (readonly [string, Client])[] {
  return some.map((client) => [client.title, client])
}
