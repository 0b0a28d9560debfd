import { execFile } from 'node:child_process'
import { resolve } from 'node:path'

/** Runs `npm run verify` on a data folder that nobody uses. */
export function verifyFolder(dataDir: string): Promise<Verified> {
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [resolve('dist/verify.mjs')],
      { env: { ...process.env, DATA_DIR: dataDir, TRIBUTARY_PRESET: '' } },
      (_failure, out, err) => settle({ code: child.exitCode, said: `${out}${err}` }),
    )
  })
}

export interface Verified {
  readonly code: number | null
  readonly said: string
}
