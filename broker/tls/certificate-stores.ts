import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CertificateStore } from './certificates.ts'

/** Files in a folder, which is made with the first of them; what it lies in is there. */
export function folderStore(folder: string): CertificateStore {
  return {
    read(name) {
      try {
        return readFileSync(join(folder, name))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }
    },
    write(name, bytes, { secret }) {
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
      // One process at a time has the data folder; what it left when it was killed would keep its mode.
      const draft = join(folder, `${name}.draft`)
      rmSync(draft, { force: true })
      writeFileSync(draft, bytes, { mode: secret ? 0o600 : 0o644, flush: true })
      renameSync(draft, join(folder, name))
    },
  }
}

/** Gone with the process: for brokers that keep everything in memory. */
export function memoryStore(): CertificateStore {
  const files = new Map<string, Buffer>()
  return {
    read: (name) => files.get(name) ?? null,
    write: (name, bytes) => void files.set(name, bytes),
  }
}
