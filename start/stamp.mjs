// Remembers, by content hash, what each build step was last made from.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

const folder = join(root, 'dist', 'stamps')
const ignored = new Set(['node_modules', 'generated', '.git', '.next', 'dist'])

/** The hash of every file under `paths` (files or folders, absent ones count as such). */
export function hashOf(paths, ...extra) {
  const hash = createHash('sha256')
  for (const text of extra) hash.update(`${text}\0`)
  for (const path of paths) add(hash, path)
  return hash.digest('hex')
}

export function isFresh(step, hash) {
  const file = join(folder, step)
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

/** Call it only when the step has succeeded. */
export function stamp(step, hash) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, step), hash)
}

function add(hash, path) {
  const absolute = join(root, path)
  const stat = statSync(absolute, { throwIfNoEntry: false })
  if (stat === undefined) {
    hash.update(`${path}\0absent\0`)
  } else if (stat.isDirectory()) {
    for (const name of readdirSync(absolute).sort()) {
      if (!ignored.has(name) && !/\.test\.tsx?$/.test(name)) add(hash, join(path, name))
    }
  } else {
    hash.update(`${path}\0${stat.size}\0`).update(readFileSync(absolute))
  }
}
