import { crc32 } from 'node:zlib'
import { murmur2Partition } from '../../broker/rules/murmur2.ts'

/** How clients place a keyed record: Java and most others, librdkafka, sarama. */
export const partitioners = {
  murmur2: (key: string, partitions: number) => murmur2Partition(Buffer.from(key), partitions),
  crc32: (key: string, partitions: number) => crc32(Buffer.from(key)) % partitions,
  // The hash is taken as a signed number, and the remainder without its sign.
  fnv1a: (key: string, partitions: number) => Math.abs(fnv1a(Buffer.from(key)) % partitions),
} as const
export type Partitioner = keyof typeof partitioners

function fnv1a(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5 | 0)
}
