import { readFileSync } from 'node:fs'

export const productProcesses = ['boot', 'broker', 'services'] as const
export type ProductProcess = (typeof productProcesses)[number]
export type ProcessIds = Readonly<Record<ProductProcess, number>>

/** The processes of a product whose boot is `boot`. Throws where one of them is not there. */
export function findProcesses(boot: number): ProcessIds {
  return { boot, broker: childOf(boot, 'broker'), services: childOf(boot, 'services') }
}

/** Ends one child of boot at once, as nothing but `kill -9` does; throws where there is none just now. */
export function killChild(boot: number, name: 'broker' | 'services'): void {
  process.kill(childOf(boot, name), 'SIGKILL')
}

function childOf(boot: number, name: string): number {
  const children = readFileSync(`/proc/${boot}/task/${boot}/children`, 'utf8').split(' ')
  const child = children.filter(Boolean).find((pid) => commandOf(pid).includes(`${name}.mjs`))
  if (child === undefined) throw new Error(`Process ${boot} has no child ${name}.`)
  return Number(child)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It has ended this very moment.
    return ''
  }
}
