import { createHash, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from '../../prisma/adapter/private-folder.ts'
import { codeOf, refused, type Started, started } from './started.ts'

/**
 * Makes the data folder where it is absent (readable by its owner alone) and tries that it can be
 * written, because SQLite's own words for a folder that cannot be are "unable to open database".
 */
export function prepareDataFolder(dataDir: string): Started<void> {
  const trial = join(dataDir, `.writable-${process.pid}`)
  try {
    makePrivateFolder(dataDir)
    writeFileSync(trial, '')
    rmSync(trial)
    return started(undefined)
  } catch (error) {
    return refused(
      `The data folder ${dataDir} cannot be written (${codeOf(error)}): set DATA_DIR to a folder that can.`,
    )
  }
}

export interface Secrets {
  /** 32 bytes; passwords of internal principals are HMACs under it. */
  readonly internalKey: Buffer
  /** Signs the console's session tokens. */
  readonly sessionSecret: string
  /** Short name of this installation, `[a-z0-9]{8}`; says nothing about the secrets. */
  readonly installation: string
}

/** Reads the secrets of this installation; makes those that are absent, readable by the owner alone. */
export function loadSecrets(dataDir: string): Started<Secrets> {
  const internalKey = secretFile(join(dataDir, 'internal.key'))
  if (!internalKey.ok) return internalKey
  const sessionSecret = secretFile(join(dataDir, 'session.key'))
  if (!sessionSecret.ok) return sessionSecret
  const installation = createHash('sha256')
    .update(`installation:${internalKey.value}`)
    .digest('hex')
  return started({
    internalKey: Buffer.from(internalKey.value, 'hex'),
    sessionSecret: sessionSecret.value,
    installation: installation.slice(0, 8),
  })
}

/** 32 random bytes as 64 hex characters, the same at every start. */
function secretFile(file: string): Started<string> {
  try {
    if (!exists(file)) createWhole(file, randomBytes(32).toString('hex'))
    const text = readFileSync(file, 'utf8').trim()
    if (!/^[0-9a-f]{64}$/.test(text)) {
      return refused(
        `${file} does not hold 64 hexadecimal characters: restore it, or delete it to get another.`,
      )
    }
    return started(text)
  } catch (error) {
    return refused(`${file} cannot be read or made (${codeOf(error)}).`)
  }
}

function exists(file: string): boolean {
  try {
    readFileSync(file)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** A process killed in the middle leaves no half file: the name appears with all of its content. */
function createWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } finally {
    rmSync(draft)
  }
}
