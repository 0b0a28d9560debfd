import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A source file as the rules see it; fixtures are made of the same. */
export interface Source {
  /** From the root, with slashes. */
  readonly path: string
  readonly text: string
}

const roots = [
  'app',
  'architecture',
  'broker',
  'components',
  'e2e',
  'lib',
  'prisma',
  'services',
  'start',
]
const skipped = new Set(['node_modules', 'generated', 'migrations', 'fixtures'])

/** Every hand-written source file of the project. */
export function readSources(root: string): readonly Source[] {
  const files = readdirSync(root).filter((name) => /\.(ts|mjs|js)$/.test(name))
  for (const folder of roots) files.push(...walk(root, folder))
  return files.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(root, path)
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : []
  })
}

export const isTest = (path: string) => /\.(test|spec|bench)\.tsx?$/.test(path)
