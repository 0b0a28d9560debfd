import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { storageContract } from '../contract.ts'
import { openPrismaStorage } from './storage.ts'

const folder = mkdtempSync(join(tmpdir(), 'tributary-storage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0
const current = () => openPrismaStorage({ dataDir: join(folder, String(opened)) })

storageContract('Prisma', {
  create() {
    opened++
    return current()
  },
  reopen: current,
})
