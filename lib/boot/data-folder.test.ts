import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecrets, prepareDataFolder } from './data-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('the data folder', () => {
  it('is made for its owner alone', () => {
    const path = join(folder, 'deep', 'data')
    expect(prepareDataFolder(path).ok).toBe(true)
    expect(modeOf(path)).toBe('700')
  })

  it('is named with its variable where it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '')
    const outcome = prepareDataFolder(join(folder, 'file', 'data'))
    expect(outcome.ok || outcome.reason).toContain('set DATA_DIR')
    expect(outcome.ok || outcome.reason).toContain(join(folder, 'file', 'data'))
  })

  it.runIf(existsSync('/proc/self'))('is given up where a folder takes no children', () => {
    expect(prepareDataFolder('/proc/tributary/data').ok).toBe(false)
  })
})

describe('the secrets', () => {
  it('stay the same, and only the owner can read them', () => {
    const first = loadSecrets(folder)
    expect(loadSecrets(folder)).toEqual(first)
    expect(first.ok && first.value.internalKey).toHaveLength(32)
    expect(modeOf(join(folder, 'internal.key'))).toBe('600')
    expect(modeOf(join(folder, 'session.key'))).toBe('600')
  })

  it('differ between installations', () => {
    const other = mkdtempSync(join(tmpdir(), 'tributary-folder-'))
    const [mine, theirs] = [loadSecrets(folder), loadSecrets(other)]
    rmSync(other, { recursive: true })
    if (!mine.ok || !theirs.ok) throw new Error('Secrets could not be made.')
    expect(mine.value.internalKey).not.toEqual(theirs.value.internalKey)
    expect(mine.value.sessionSecret).not.toBe(theirs.value.sessionSecret)
    expect(mine.value.installation).not.toBe(theirs.value.installation)
  })

  it('are not replaced where the file holds something else', () => {
    writeFileSync(join(folder, 'internal.key'), 'not a key')
    const outcome = loadSecrets(folder)
    expect(outcome.ok || outcome.reason).toContain('internal.key does not hold')
  })
})
