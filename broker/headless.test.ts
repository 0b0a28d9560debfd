import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadInternalKey, removeRuntimeFile, writeRuntimeFile } from './headless.ts'
import { readPreset } from './read-preset.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headless-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('internal.key', () => {
  it('is made once, readable by its owner alone, and read afterwards', () => {
    const key = loadInternalKey(folder)
    expect(key.length).toBe(32)
    expect(loadInternalKey(folder)).toEqual(key)
    expect(statSync(join(folder, 'internal.key')).mode & 0o777).toBe(0o600)
  })

  it('is refused in a sentence where it is damaged or cannot be made', () => {
    writeFileSync(join(folder, 'internal.key'), 'no key')
    expect(() => loadInternalKey(folder)).toThrow('does not hold 64 hexadecimal digits')
    expect(() => loadInternalKey(join(folder, 'absent'))).toThrow('DATA_DIR')
  })
})

describe('runtime.json', () => {
  it('says where the broker is, to its owner alone, until it stops', () => {
    const path = join(folder, 'runtime.json')
    writeRuntimeFile(folder, { ports: [1, 2], controlUrl: 'http://127.0.0.1:3', token: 't' })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      pid: process.pid,
      consoleUrl: null,
      kafkaPorts: [1, 2],
      control: { token: 't', broker: 'http://127.0.0.1:3', services: null },
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    removeRuntimeFile(folder)
    removeRuntimeFile(folder)
    expect(() => statSync(path)).toThrow('ENOENT')
  })
})

describe('a preset file', () => {
  const alone = { skipsBeyondBroker: true }

  it('gives its clusters with their environments', async () => {
    const path = join(folder, 'preset.json')
    const clusters = [{ name: 'dev', topics: [{ name: 'rides' }] }]
    writeFileSync(path, JSON.stringify({ environments: [{ name: 'staging', clusters }] }))
    const read = await readPreset({ kind: 'named', path }, alone)
    expect(read).toMatchObject([
      { name: 'dev', environment: 'staging', topics: [{ partitions: 6 }] },
    ])
  })

  it('may be absent only where nobody named it', async () => {
    const path = join(folder, 'absent.json')
    expect(await readPreset({ kind: 'default', path }, alone)).toEqual([])
    expect(await readPreset({ kind: 'none' }, alone)).toEqual([])
    await expect(readPreset({ kind: 'named', path }, alone)).rejects.toThrow('TRIBUTARY_PRESET')
  })

  it('that is wrong is refused with the place', async () => {
    const path = join(folder, 'preset.json')
    writeFileSync(path, '{"environments":[{"name":"default","clusters":[{"name":7}]}]}')
    await expect(readPreset({ kind: 'named', path }, alone)).rejects.toThrow(
      /preset\.json is not valid: environments\[0\]\.clusters\[0\]\.name/,
    )
  })
})
