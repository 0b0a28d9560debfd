import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a running product can be reached. Only our own processes and tests read it. */
export interface Runtime {
  readonly pid: number
  readonly consoleUrl: string
  readonly kafkaPorts: readonly number[]
  readonly control: { readonly token: string; readonly broker: string; readonly services: string }
}

/** `DATA_DIR/runtime.json`, readable by the owner alone: it holds the control token of this start. */
export function writeRuntimeFile(dataDir: string, runtime: Runtime): void {
  const draft = join(dataDir, `runtime.json.${process.pid}`)
  writeFileSync(draft, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, runtimeFile(dataDir))
}

export function removeRuntimeFile(dataDir: string): void {
  rmSync(runtimeFile(dataDir), { force: true })
}

function runtimeFile(dataDir: string): string {
  return join(dataDir, 'runtime.json')
}
