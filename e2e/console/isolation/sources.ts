import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { patternOf } from '../../support/server-actions.ts'

// What the console answers to, read from its sources, seen from the repository's root.

/** The address patterns of all pages, e.g. `/environments/[envId]/clusters`. */
export function readPages(folder = 'app'): readonly string[] {
  return readPageFiles(folder).map(patternOf).sort()
}

export function readPageFiles(folder = 'app'): readonly string[] {
  return filesBelow(folder, /^page\.tsx?$/)
}

/** Method and address pattern of all route handlers, e.g. `GET /api/health`. */
export function readHandlers(folder = 'app'): readonly string[] {
  return filesBelow(folder, /^route\.tsx?$/)
    .flatMap((file) =>
      exportsOf(readFileSync(file, 'utf8')).map((method) => `${method} ${patternOf(file)}`),
    )
    .sort()
}

/** File and name of all exports of files that say `'use server'`, e.g. `lib/actions/topics.ts createTopic`. */
export function readActionExports(folder = 'lib/actions'): readonly string[] {
  return filesBelow(folder, /^[^.]+\.tsx?$/)
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => /^['"]use server['"]/m.test(text))
    .flatMap(({ file, text }) => exportsOf(text).map((name) => `${file} ${name}`))
    .sort()
}

/** The addresses that Next's build answers at, except those that it adds itself. */
export function readBuiltAddresses(): readonly string[] {
  const text = readFileSync('.next/app-path-routes-manifest.json', 'utf8')
  const addresses: Record<string, string> = JSON.parse(text)
  return Object.values(addresses)
    .filter((address) => !address.startsWith('/_'))
    .sort()
}

/** What only one of two lists has, as sentences. */
export function differences(
  found: { readonly what: string; readonly in: readonly string[] },
  expected: { readonly what: string; readonly in: readonly string[] },
): readonly string[] {
  return [
    ...found.in
      .filter((item) => !expected.in.includes(item))
      .map((item) => `${item} is in ${found.what} and not in ${expected.what}`),
    ...expected.in
      .filter((item) => !found.in.includes(item))
      .map((item) => `${item} is in ${expected.what} and not in ${found.what}`),
  ]
}

/** The names of the values that a module exports. */
export function exportsOf(text: string): readonly string[] {
  const declared = text.matchAll(/^export\s+(?:async\s+)?(?:function\*?|const|let|class)\s+(\w+)/gm)
  const listed = text.matchAll(/^export\s*\{([^}]*)\}/gm)
  return [
    ...[...declared].map((match) => match[1] ?? ''),
    ...[...listed].flatMap((match) =>
      (match[1] ?? '')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '' && !item.startsWith('type '))
        .map((item) => item.split(/\s+as\s+/).at(-1) ?? item),
    ),
    ...(/^export\s+default\b/m.test(text) ? ['default'] : []),
  ]
}

function filesBelow(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
