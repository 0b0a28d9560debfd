// What every source file keeps to, beside the directions of imports.

import { importsOf, reachableFrom, within } from './imports.ts'
import { isTest, type Source } from './sources.ts'

export interface Rule {
  readonly name: string
  /** The ways in which these sources break it, as sentences. */
  broken(sources: readonly Source[]): readonly string[]
}

const linesMax = 600

/** Stand-ins for a name; each with what to do instead. */
const bannedNames: Record<string, string> = {
  util: 'name what it does',
  utils: 'name what it does',
  helper: 'name what it does',
  helpers: 'name what it does',
  manager: 'name what it keeps',
  misc: 'split it by noun',
  common: 'name what is common',
  legacy: 'delete it or name what it is',
  new: 'name what it is',
  temp: 'name what it is',
  v2: 'replace the first',
}

const environmentReaders = [
  'architecture',
  'boot.ts',
  'lib/env.ts',
  'lib/boot/children.ts',
  'lib/boot/user-command.ts',
  'services/main.ts',
  'broker/main.ts',
  'broker/environment.ts',
  'broker/verify/main.ts',
  'next.config.js',
  'playwright.config.ts',
  'vitest.config.ts',
  'start',
  'start.mjs',
  'e2e',
]

/** Next's routes, and what Playwright and the build tools load by their paths. */
const wantsDefault = /^app\/|config\.(ts|js|mjs)$|^e2e\/support\/console-under-test\.ts$/

export const rules: readonly Rule[] = [
  {
    name: `a file has at most ${linesMax} lines, or says in its header why it is longer`,
    broken: (sources) =>
      sources.flatMap(({ path, text }) => {
        const lines = text.split('\n')
        if (lines.length <= linesMax) return []
        const header = lines.slice(0, 15).join('\n')
        return /\blong because\b/.test(header) ? [] : [`${path} has ${lines.length} lines`]
      }),
  },
  {
    name: 'a file is imported from where it is: no barrels',
    broken: (sources) =>
      sources.flatMap(({ path, text }) => {
        const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        const statements = code.replace(/export\s+[^;'"]*?\sfrom\s+['"][^'"]+['"];?/g, '').trim()
        return code.trim() !== '' && statements === '' ? [`${path} only exports other files`] : []
      }),
  },
  {
    name: 'index.ts is the broker’s front door and nobody else’s',
    broken: (sources) =>
      sources
        .filter(({ path }) => /(^|\/)index\.[a-z]+$/.test(path) && path !== 'broker/index.ts')
        .map(({ path }) => `${path} needs a name`),
  },
  {
    name: 'file names are kebab-case',
    broken: (sources) =>
      sources
        .filter(
          ({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(path.split('/').at(-1) ?? ''),
        )
        .map(({ path }) => `${path} is not`),
  },
  {
    name: 'names say what a thing is',
    broken: (sources) =>
      sources.flatMap(({ path, text }) => {
        const words = path.replace(/\.[a-z.]+$/, '').split(/[/-]/)
        const symbols = text.matchAll(
          /^export\s+(?:async\s+)?(?:function|const|class|interface|type)\s+(\w+)/gm,
        )
        const last = [...symbols].map(
          (match) =>
            match[1]
              ?.split(/(?=[A-Z])/)
              .at(-1)
              ?.toLowerCase() ?? '',
        )
        // `new` stands for a page of Next: …/topics/new/page.tsx is a URL.
        return [...words.filter((word) => !(word === 'new' && path.startsWith('app/'))), ...last]
          .filter((word) => Object.hasOwn(bannedNames, word))
          .map((word) => `${path} uses "${word}": ${bannedNames[word]}`)
      }),
  },
  {
    name: 'exports have names, except where Next or a tool wants a default',
    broken: (sources) =>
      sources
        .filter(({ path }) => !wantsDefault.test(path))
        .filter(({ text }) => /^export default\b/m.test(text))
        .map(({ path }) => `${path} has a default export`),
  },
  {
    name: 'work is done or in an issue, not in a comment',
    broken: (sources) =>
      sources
        .filter(
          ({ path, text }) => !path.startsWith('architecture') && /\b(TODO|FIXME|XXX)\b/.test(text),
        )
        .map(({ path }) => `${path} has something left to do`),
  },
  {
    name: 'the environment is read in one place per process',
    broken: (sources) =>
      sources
        .filter(({ path }) => !isTest(path) && !within(path, environmentReaders))
        .filter(({ text }) =>
          /\bprocess\.env\b/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
        )
        .map(({ path }) => `${path} reads process.env`),
  },
  {
    name: 'each Prisma client is imported by its owner alone',
    broken: (sources) =>
      sources.flatMap((source) =>
        importsOf(source).flatMap(({ target, typeOnly }) => {
          const owner = /^prisma\/(\w+)\/generated\//.exec(target)?.[1]
          if (owner === undefined || within(source.path, clientOwners[owner] ?? [])) return []
          if (typeOnly && within(source.path, [ownerFolders[owner] ?? ''])) return []
          return [`${source.path} imports the client of ${owner}`]
        }),
      ),
  },
  {
    name: 'SQLite is opened by our adapter alone',
    broken: (sources) =>
      sources
        .filter(({ path }) => !isTest(path) && !within(path, ['prisma', 'start', 'architecture']))
        .filter((source) =>
          importsOf(source).some(
            ({ target, typeOnly }) => target === 'better-sqlite3' && !typeOnly,
          ),
        )
        .map(({ path }) => `${path} imports better-sqlite3`),
  },
  {
    name: 'Kafka is spoken in lib/kafka, and by clients in e2e',
    broken: (sources) =>
      sources
        .filter(({ path }) => !isTest(path) && !within(path, ['lib/kafka', 'e2e']))
        .filter((source) =>
          importsOf(source).some(({ target }) =>
            within(target, ['@platformatic/kafka', 'kafkajs']),
          ),
        )
        .map(({ path }) => `${path} imports a Kafka client`),
  },
  {
    name: 'what boot and services load from lib runs without Next and React',
    broken: (sources) => {
      const byPath = new Map(sources.map((source) => [source.path, source]))
      return ['boot.ts', 'services/main.ts', 'lib/boot/user-command.ts'].flatMap((entry) =>
        [...reachableFrom(entry, sources)].flatMap((path) => {
          const source = byPath.get(path)
          // The console itself is started in one file, which loads Next when it is its turn.
          if (source === undefined || path === 'lib/boot/console.ts') return []
          return importsOf(source)
            .filter(
              ({ target, typeOnly }) =>
                !typeOnly && within(target, ['next', 'react', 'server-only']),
            )
            .map(({ target }) => `${entry} loads ${path}, which imports ${target}`)
        }),
      )
    },
  },
]

/** The files that may open each owner's database. */
const clientOwners: Record<string, readonly string[]> = {
  broker: ['broker/storage/prisma'],
  log: ['broker/storage/prisma'],
  console: ['lib/db.ts'],
  services: ['services/database.ts'],
}

/** Where its row types may be named as well. */
const ownerFolders: Record<string, string> = { console: 'lib', services: 'services' }
