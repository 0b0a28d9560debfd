import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StartedPeer } from './peer.ts'

/** What the scripts of Kafka's download give the JVM of a tool that measures. */
const jvmOptions = ['-Xmx512M', '-server', '-XX:+UseG1GC', '-Djava.awt.headless=true']

export interface PerfTools {
  /** Writes records with acks=all, as fast as they are taken; resolves with MB (10^6 bytes) per second. */
  produce(peer: StartedPeer, run: ProduceRun): Promise<number>
  /** Reads so many records with a group of its own; resolves with MB per second of fetching. */
  consume(peer: StartedPeer, run: ConsumeRun): Promise<number>
  /** Latency of records sent at a steady rate, in milliseconds. */
  probe(peer: StartedPeer, run: ProbeRun): Promise<Latency>
}

export interface ProduceRun {
  readonly topic: string
  readonly records: number
  readonly recordBytes: number
  readonly compression: 'none' | 'lz4'
  /** Producer properties beside acks and compression. */
  readonly properties?: readonly string[]
}

export interface ConsumeRun {
  readonly topic: string
  readonly records: number
  readonly from: 'beginning' | 'end'
}

export interface ProbeRun {
  readonly topic: string
  readonly recordsPerSecond: number
  readonly seconds: number
}

/** Of the acknowledgement (send → acknowledged) and end to end (send → received by a consumer). */
export interface Latency {
  readonly acknowledgedP50Ms: number
  readonly acknowledgedP99Ms: number
  readonly receivedP50Ms: number
  readonly receivedP99Ms: number
}

/** Kafka's own performance tools and our latency probe, from the jars of `e2e/clients/kafka-tools`. */
export function openPerfTools(jars: string, folder: string): PerfTools {
  const java = async (arguments_: readonly string[]) => {
    const child = spawn('java', [...jvmOptions, '-cp', join(jars, '*'), ...arguments_], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let told = ''
    let complaints = ''
    child.stdout.on('data', (piece) => {
      told += piece
    })
    child.stderr.on('data', (piece) => {
      complaints += piece
    })
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`${arguments_[0]} ended with ${code}: ${told}${complaints}`)
    return told
  }
  const properties = (peer: StartedPeer, more: readonly string[] = []) => {
    const file = join(folder, 'client.properties')
    writeFileSync(file, [...peer.clientProperties, ...more].join('\n'))
    return file
  }
  const address = (peer: StartedPeer, file: string) => [
    ...['--bootstrap-server', peer.bootstrapServer, '--command-config', file],
  ]

  return {
    async produce(peer, { topic, records, recordBytes, compression, properties: more = [] }) {
      const file = properties(peer, ['acks=all', `compression.type=${compression}`, ...more])
      const told = await java([
        'org.apache.kafka.tools.ProducerPerformance',
        ...address(peer, file),
        ...['--topic', topic, '--num-records', String(records)],
        ...['--record-size', String(recordBytes), '--throughput', '-1'],
      ])
      // The last line sums up: `… records sent, … records/sec (… MB/sec), …`, in MiB.
      const [last] = [...told.matchAll(/\(([\d.]+) MB\/sec\)/g)].slice(-1)
      return mebibytes(last?.[1], told) * 1.048576
    },
    async consume(peer, { topic, records, from }) {
      const told = await java([
        'org.apache.kafka.tools.ConsumerPerformance',
        ...address(peer, properties(peer)),
        ...['--topic', topic, '--num-records', String(records), '--hide-header'],
        ...['--timeout', '60000', ...(from === 'end' ? ['--from-latest'] : [])],
      ])
      // Begin, end, MiB, MiB/s, records, records/s, rebalance ms, fetch ms, MiB/s of fetching, …
      const line = told.split('\n').find((one) => one.split(',').length > 9) ?? ''
      return mebibytes(line.split(',')[8], told) * 1.048576
    },
    async probe(peer, { topic, recordsPerSecond, seconds }) {
      const program = 'e2e/benchmarks/kafka/LatencyProbe.java'
      const rate = [String(recordsPerSecond), String(seconds)]
      const told = await java([program, peer.bootstrapServer, properties(peer), topic, ...rate])
      return JSON.parse(told) as Latency
    },
  }
}

function mebibytes(text: string | undefined, told: string): number {
  const value = Number(text)
  if (text === undefined || !(value > 0)) throw new Error(`The tool gave no rate:\n${told}`)
  return value
}
