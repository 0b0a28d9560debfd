import { posix } from 'node:path'
import type { Source } from './sources.ts'

export interface Import {
  /** A path from the root for our own files, otherwise the package's name with its subpath. */
  readonly target: string
  readonly ours: boolean
  /** `import type` and `export type`: gone when the program runs. */
  readonly typeOnly: boolean
}

// A clause holds no quote and no semicolon, so this cannot run over into the next statement.
const fromClause = /^\s*(?:import|export)\s+(type\s)?[^'";]*?\sfrom\s+['"]([^'"]+)['"]/gm
const bare = /^\s*import\s+['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a file imports, in every form that the project uses. */
export function importsOf({ path, text }: Source): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string | undefined, typeOnly: boolean) => {
    if (specifier !== undefined) found.push(resolve(path, specifier, typeOnly))
  }
  for (const match of text.matchAll(fromClause)) add(match[2], match[1] !== undefined)
  for (const match of text.matchAll(bare)) add(match[1], false)
  for (const match of text.matchAll(dynamic)) add(match[1], false)
  return found
}

function resolve(from: string, specifier: string, typeOnly: boolean): Import {
  if (specifier.startsWith('.')) {
    return { target: posix.join(posix.dirname(from), specifier), ours: true, typeOnly }
  }
  if (specifier.startsWith('@/')) return { target: specifier.slice(2), ours: true, typeOnly }
  return { target: specifier, ours: false, typeOnly }
}

/** Whether a path or package lies in one of the named folders, or is one of them. */
export function within(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
}

/** Files that `entry` loads when it runs, through any number of our own files. */
export function reachableFrom(entry: string, sources: readonly Source[]): ReadonlySet<string> {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set<string>()
  const open = [entry]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = byPath.get(path)
    if (source === undefined || reached.has(path)) continue
    reached.add(path)
    for (const { target, ours, typeOnly } of importsOf(source)) {
      if (ours && !typeOnly) open.push(target, `${target}.ts`, `${target}.tsx`)
    }
  }
  return reached
}
