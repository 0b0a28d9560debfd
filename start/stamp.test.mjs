import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './paths.mjs'
import { hashOf } from './stamp.mjs'

let folder
beforeEach(() => {
  mkdirSync(join(root, 'dist'), { recursive: true })
  folder = mkdtempSync(join(root, 'dist', 'stamp-'))
  write('a.ts', 'a')
  write('deep/b.ts', 'b')
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path, text) {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const hash = (...extra) => hashOf([relative(root, folder)], ...extra)

it.each([
  ['a file changes', () => write('deep/b.ts', 'c')],
  ['a file appears', () => write('deep/c.ts', '')],
  ['a file goes', () => rmSync(join(folder, 'a.ts'))],
  ['a file is renamed', () => renameSync(join(folder, 'a.ts'), join(folder, 'c.ts'))],
  [
    'the folder goes',
    () => renameSync(folder, `${folder}-gone`),
    () => renameSync(`${folder}-gone`, folder),
  ],
])('a step is stale when %s', (_what, change, undo = () => {}) => {
  const before = hash()
  change()
  const after = hash()
  undo()
  expect(after).not.toBe(before)
})

it('a step is stale when its tool has another version', () => {
  expect(hash('1.0.0')).not.toBe(hash('1.0.1'))
})

it('a step stays fresh when a test or a generated file changes', () => {
  const before = hash()
  write('a.test.ts', 'a')
  write('generated/client.ts', 'a')
  expect(hash()).toBe(before)
})
