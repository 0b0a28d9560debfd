/** What Kafka's tools print, read back. */
import type { KafkaTools } from './tools.ts'

export interface PrintedRecord {
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly value: string
}

/** `Partition:0	Offset:7	key	value` lines; what else a tool says is left out. */
export function printed(lines: readonly string[]): readonly PrintedRecord[] {
  return lines.flatMap((line) => {
    const match = /^Partition:(\d+)\tOffset:(\d+)\t([^\t]+)\t(.+)$/.exec(line)
    if (match === null) return []
    const [, partition, offset, key = '', value = ''] = match
    return { partition: Number(partition), offset: Number(offset), key, value }
  })
}

/** A console consumer that runs until it is stopped. */
export interface ConsoleConsumer {
  records(): readonly PrintedRecord[]
  /** Leaves out what it has printed so far. */
  forget(): void
  stop(): Promise<void>
}

export function openConsole(
  tools: KafkaTools,
  arguments_: readonly string[],
  onChange: () => void,
): ConsoleConsumer {
  const lines: string[] = []
  const running = tools.start('kafka-console-consumer', arguments_, (line) => {
    lines.push(line)
    onChange()
  })
  return {
    records: () => printed(lines),
    forget: () => void lines.splice(0),
    stop: () => running.stop(),
  }
}

/** What `kafka-consumer-groups --describe` says of each partition that a group has committed. */
export async function groupPositions(tools: KafkaTools, group: string) {
  const lines = await tools.run('kafka-consumer-groups', ['--describe', '--group', group])
  return lines.flatMap((line) => {
    const [name, topic = '', partition, current, end, lag] = line.split(/ +/)
    if (name !== group || !/^\d+$/.test(current ?? '')) return []
    const [at, ofEnd, behind] = [Number(current), Number(end), Number(lag)]
    return [{ topic, partition: Number(partition), current: at, end: ofEnd, lag: behind }]
  })
}

/** What `kafka-get-offsets` says of the partitions of a topic, in their order. */
export async function offsetsOf(tools: KafkaTools, topic: string, time: string): Promise<number[]> {
  const lines = await tools.run('kafka-get-offsets', ['--topic', topic, '--time', time])
  return lines.flatMap((line) => {
    const match = /^(\S+):\d+:(\d+)$/.exec(line)
    return match?.[1] === topic ? Number(match[2]) : []
  })
}

/** The bytes of each partition of a topic, in their order, as `kafka-log-dirs` says them of each node. */
export async function storedBytes(tools: KafkaTools, topic: string): Promise<number[][]> {
  const lines = await tools.run('kafka-log-dirs', ['--describe', '--topic-list', topic])
  const told: LogDirs = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '{}')
  return told.brokers.map(({ logDirs }) =>
    logDirs
      .flatMap(({ partitions }) => partitions)
      .sort((a, b) => (a.partition < b.partition ? -1 : 1))
      .map(({ size }) => size),
  )
}

interface LogDirs {
  readonly brokers: readonly {
    readonly logDirs: readonly {
      readonly partitions: readonly { readonly partition: string; readonly size: number }[]
    }[]
  }[]
}
