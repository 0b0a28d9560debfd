import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readPreset } from './preset.ts'

let path: string
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'tributary-preset-')), 'preset.json')
})
afterEach(() => rmSync(join(path, '..'), { recursive: true }))

function reading(preset: unknown): string {
  writeFileSync(path, typeof preset === 'string' ? preset : JSON.stringify(preset))
  const read = readPreset({ kind: 'named', path })
  return read.ok ? 'read' : read.reason
}

it('reads what it can apply', () => {
  const environments = [{ name: 'default', clusters: [{ name: 'dev' }] }]
  const users = [{ email: 'me@example.com', password: 'a long password' }]
  expect(reading({ users, environments })).toBe('read')
})

it('names the file and the place that is wrong', () => {
  expect(reading('{')).toContain(`The preset ${path} cannot be used. It is not JSON`)
  expect(reading({ environments: [{}] })).toContain('environments[0].name')
})

it('misses a named file, but not the default one', () => {
  const missing = readPreset({ kind: 'named', path })
  expect(missing.ok || missing.reason).toContain('set TRIBUTARY_PRESET')
  expect(readPreset({ kind: 'default', path })).toEqual({ ok: true, value: null })
})
