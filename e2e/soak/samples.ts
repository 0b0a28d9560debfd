import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { processorSeconds, residentMebibytes } from '../benchmarks/kafka/process-usage.ts'
import type { ProcessIds, ProductProcess } from '../support/product-processes.ts'
import { slopeOf } from './slope.ts'

/** What was seen of the product at one moment. */
export interface Sample {
  readonly minutes: number
  readonly memoryMebibytes: Readonly<Record<ProductProcess, number>>
  readonly processorSeconds: Readonly<Record<ProductProcess, number>>
  /** All files of the data folder. */
  readonly folderMebibytes: number
  readonly writtenMebibytes: number
}

/** Throws where one of the processes is gone. */
export function takeSample(
  around: Pick<Sample, 'minutes' | 'writtenMebibytes'> & { pids: ProcessIds; dataDir: string },
): Sample {
  const { pids, dataDir, minutes, writtenMebibytes } = around
  const ofEach = (look: (pid: number) => number): Record<ProductProcess, number> => {
    return { boot: look(pids.boot), broker: look(pids.broker), services: look(pids.services) }
  }
  return {
    minutes,
    writtenMebibytes,
    memoryMebibytes: ofEach(residentMebibytes),
    processorSeconds: ofEach(processorSeconds),
    folderMebibytes: folderBytes(dataDir) / 2 ** 20,
  }
}

/** The sizes of all files; those that vanish meanwhile count as nothing. */
function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false })
    return sum + (stat?.isFile() ? stat.size : 0)
  }, 0)
}

/** The samples of the last `minutes`. */
export function lastMinutes(samples: readonly Sample[], minutes: number): readonly Sample[] {
  const end = samples.at(-1)?.minutes ?? 0
  return samples.filter((sample) => sample.minutes >= end - minutes)
}

/** MiB per minute. */
export function memorySlope(samples: readonly Sample[], of: ProductProcess): number {
  return slopeOf(samples.map((sample) => [sample.minutes, sample.memoryMebibytes[of]]))
}

/** One line for every `everyMinutes`. */
export function describeSamples(samples: readonly Sample[], everyMinutes: number): string {
  const lines = ['minutes   written    folder      boot    broker  services (MiB)   broker CPU s']
  let next = 0
  for (const [n, sample] of samples.entries()) {
    if (sample.minutes < next && n < samples.length - 1) continue
    next = sample.minutes + everyMinutes - 0.01
    const { memoryMebibytes: memory } = sample
    const figures = [sample.writtenMebibytes, sample.folderMebibytes, memory.boot, memory.broker]
    const columns = [...figures, memory.services].map((figure) => figure.toFixed(1).padStart(9))
    const cpu = sample.processorSeconds.broker.toFixed(1).padStart(18)
    lines.push(`${sample.minutes.toFixed(1).padStart(7)} ${columns.join(' ')}${cpu}`)
  }
  return lines.join('\n')
}
