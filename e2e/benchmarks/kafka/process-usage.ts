import { readFileSync } from 'node:fs'

/** Ticks per second in which Linux counts processor time; `getconf CLK_TCK` says it everywhere. */
const ticksPerSecond = 100

/** Resident memory of a process in MiB (`VmRSS`). */
export function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  if (kibibytes === undefined) throw new Error(`Process ${pid} says nothing of its memory`)
  return Number(kibibytes) / 1024
}

/** Processor time that a process has used, in seconds, all its threads together. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The command stands in brackets and may hold spaces; what follows is counted from there.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Looks at the memory of a process four times a second until `stop` says the largest it saw, in MiB. */
export function watchMemory(pid: number): { stop(): number } {
  let largest = residentMebibytes(pid)
  const timer = setInterval(() => {
    largest = Math.max(largest, residentMebibytes(pid))
  }, 250)
  return {
    stop() {
      clearInterval(timer)
      return largest
    },
  }
}
