import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { type ProductOptions, spawnProduct } from '../support/product.ts'

/** A start that must fail: its exit code and everything it said. */
export async function failingStart(options: ProductOptions) {
  const { process: boot } = spawnProduct(options)
  if (boot.stdout === null || boot.stderr === null) throw new Error('It was spawned without pipes.')
  const [out, err] = await Promise.all([text(boot.stdout), text(boot.stderr)])
  if (boot.exitCode === null && boot.signalCode === null) await once(boot, 'close')
  return { code: boot.exitCode, said: `${out}${err}`.trim() }
}

/** Process ids of the children of a process. */
export function childrenOf(pid: number): Promise<number[]> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'pid=', '--ppid', String(pid)], (_error, stdout) =>
      resolve(stdout.split('\n').map(Number).filter(Boolean)),
    )
  })
}

/** A process that has ended stays in the table until its parent, or init, takes note: `Z`. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
