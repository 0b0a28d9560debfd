import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** Where kcat connects to, as options of its command line. */
export interface KcatTarget {
  readonly port: number
  readonly key: string
  readonly secret: string
  readonly topic: string
}

export const recordBytes = 1024

/** Writes `count` lines that make records of 1 KiB each; random enough that nothing is folded. */
export async function writeRecords(path: string, count: number): Promise<void> {
  const out = createWriteStream(path)
  const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(30)
  for (let index = 0; index < count; index++) {
    const line = `${index} ${filler}`.slice(0, recordBytes)
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
}

/** Produces the file with acks=all; resolves with the seconds that kcat ran. */
export function produce(target: KcatTarget, file: string, batchBytes: number): Promise<number> {
  return timed([
    ['-P', '-t', target.topic, '-l', file],
    ['-X', 'acks=all'],
    ['-X', `batch.size=${batchBytes}`],
    ['-X', 'linger.ms=5'],
    // Bounds what librdkafka holds, so that the run measures the broker and not its queue.
    ['-X', 'queue.buffering.max.kbytes=262144'],
    connection(target),
  ])
}

/** Reads `count` records from the beginning of every partition; resolves with the seconds. */
export function consume(target: KcatTarget, count: number): Promise<number> {
  return timed([
    ['-C', '-t', target.topic, '-o', 'beginning', '-c', `${count}`, '-q', '-f', ''],
    ['-X', 'fetch.message.max.bytes=4194304'],
    connection(target),
  ])
}

function connection(target: KcatTarget): string[] {
  return [
    ['-b', `localhost:${target.port}`],
    ['-X', 'security.protocol=SASL_PLAINTEXT', '-X', 'sasl.mechanisms=PLAIN'],
    ['-X', `sasl.username=${target.key}`, '-X', `sasl.password=${target.secret}`],
  ].flat()
}

async function timed(options: readonly string[][]): Promise<number> {
  const startMs = performance.now()
  const kcat = spawn('kcat', options.flat(), { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  kcat.stderr.on('data', (piece) => {
    complaints += piece
  })
  const [code] = await once(kcat, 'close')
  if (code !== 0) throw new Error(`kcat ended with ${code}: ${complaints.slice(-2000)}`)
  return (performance.now() - startMs) / 1000
}
