/** What `npm run broker` does for itself where boot does it for a child: secrets and `runtime.json`. */
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrokerStartError } from './index.ts'

/** The bearer token of the control interface, made anew at every start. */
export function newControlToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The 32 bytes of `internal.key`; made, readable by its owner alone, where the file is absent. */
export function loadInternalKey(dataDir: string): Buffer {
  const path = join(dataDir, 'internal.key')
  try {
    // `wx` fails where the file exists, which is the ordinary case.
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') {
      throw new BrokerStartError(`${path} cannot be written: set DATA_DIR to a folder that can.`)
    }
  }
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new BrokerStartError(`${path} does not hold 64 hexadecimal digits: restore or delete it.`)
  }
  return Buffer.from(text, 'hex')
}

export interface HeadlessRuntime {
  readonly ports: readonly number[]
  readonly controlUrl: string
  readonly token: string
}

/** `DATA_DIR/runtime.json` as boot writes it, without a console and services. */
export function writeRuntimeFile(
  dataDir: string,
  { ports, controlUrl, token }: HeadlessRuntime,
): void {
  const runtime = {
    pid: process.pid,
    consoleUrl: null,
    kafkaPorts: ports,
    control: { token, broker: controlUrl, services: null },
  }
  const draft = join(dataDir, `runtime.json.${process.pid}`)
  writeFileSync(draft, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, join(dataDir, 'runtime.json'))
}

export function removeRuntimeFile(dataDir: string): void {
  rmSync(join(dataDir, 'runtime.json'), { force: true })
}
