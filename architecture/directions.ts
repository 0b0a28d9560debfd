// Which part may import which: the table of ARCHITECTURE.md's invariants.
//
// A file belongs to the most specific part that contains it, may import its own part, and beside
// that only what the row names. Tests beside the sources may use more: they are not product.

import { importsOf, within } from './imports.ts'
import { isTest, type Source } from './sources.ts'

export interface Part {
  readonly part: string
  /** Our own folders and files. */
  readonly may: readonly string[]
  /** Folders of which it may import types alone. */
  readonly mayTypes?: readonly string[]
  /** Packages that it must not know. */
  readonly not?: readonly string[]
}

const leaves = [
  'broker/protocol',
  'broker/rules',
  'broker/metrics',
  'broker/errors.ts',
  'broker/clock.ts',
  'broker/free-memory.ts',
]
const web = ['next', 'next-auth', 'react', 'react-dom', 'server-only']
const storageEngines = ['better-sqlite3', '@prisma/client', '@prisma/driver-adapter-utils']

export const parts: readonly Part[] = [
  // The broker: control → network → api → { log, cluster, coordinator } → storage.
  { part: 'broker/protocol', may: [], not: [...web, ...storageEngines] },
  { part: 'broker/rules', may: [], not: [...web, ...storageEngines] },
  { part: 'broker/metrics', may: [], not: [...web, ...storageEngines] },
  { part: 'broker/errors.ts', may: [], not: [...web, ...storageEngines] },
  { part: 'broker/clock.ts', may: [], not: [...web, ...storageEngines] },
  { part: 'broker/free-memory.ts', may: [], not: [...web, ...storageEngines] },
  {
    part: 'broker/tls',
    may: ['broker/rules', 'broker/clock.ts'],
    not: [...web, ...storageEngines],
  },
  { part: 'broker/storage', may: leaves, not: [...web, ...storageEngines] },
  {
    part: 'broker/storage/prisma',
    may: ['broker/storage', 'prisma/adapter', 'prisma/broker', 'prisma/log', ...leaves],
    not: web,
  },
  { part: 'broker/log', may: ['broker/storage', ...leaves], not: [...web, ...storageEngines] },
  {
    part: 'broker/cluster',
    may: ['broker/log', 'broker/storage', ...leaves],
    not: [...web, ...storageEngines],
  },
  {
    part: 'broker/coordinator',
    may: ['broker/storage', ...leaves],
    not: [...web, ...storageEngines],
  },
  {
    part: 'broker/api',
    may: ['broker/log', 'broker/cluster', 'broker/coordinator', ...leaves],
    not: [...web, ...storageEngines],
  },
  {
    part: 'broker/network',
    may: [
      'broker/api',
      'broker/log',
      'broker/cluster',
      'broker/coordinator',
      'broker/tls',
      ...leaves,
    ],
    not: [...web, ...storageEngines],
  },
  {
    part: 'broker/control',
    may: [
      'broker/network',
      'broker/api',
      'broker/log',
      'broker/cluster',
      'broker/storage',
      ...leaves,
    ],
    not: [...web, ...storageEngines],
  },
  {
    part: 'broker/verify',
    may: ['broker', 'prisma/adapter'],
    not: web,
  },
  // Its front door, its process and what its tests start.
  { part: 'broker', may: ['prisma/adapter'], not: web },

  { part: 'prisma/adapter', may: [], not: web },

  // The console's server side.
  { part: 'lib', may: ['broker/rules', 'prisma/adapter'], mayTypes: ['prisma/console'] },
  { part: 'lib/db.ts', may: ['lib', 'prisma/adapter', 'prisma/console'], not: web },
  { part: 'lib/kafka', may: ['lib', 'broker/rules', 'broker/protocol', 'broker/errors.ts'] },
  { part: 'lib/format', may: [], not: [...web, ...storageEngines] },
  { part: 'lib/paths.ts', may: [], not: [...web, ...storageEngines] },
  {
    part: 'lib/boot',
    may: ['lib', 'broker/rules', 'prisma/adapter'],
    not: ['react', 'server-only'],
  },

  // What is drawn.
  { part: 'components/ui', may: ['lib/format'], not: storageEngines },
  { part: 'components/charts', may: ['lib/format', 'components/ui'], not: storageEngines },
  {
    part: 'components',
    may: ['lib/format', 'lib/paths.ts', 'lib/actions'],
    mayTypes: ['lib/queries'],
    not: storageEngines,
  },
  {
    part: 'components/forms',
    may: ['components', 'lib/format', 'lib/paths.ts', 'lib/actions', 'broker/rules'],
    mayTypes: ['lib/queries'],
    not: storageEngines,
  },
  { part: 'app', may: ['components', 'lib'], not: storageEngines },

  {
    part: 'services',
    may: ['lib/kafka', 'lib/control', 'broker/rules', 'broker/clock.ts', 'prisma/adapter'],
    mayTypes: ['prisma/services'],
    not: web,
  },
  // What the tests of connectors start: a broker in this process.
  {
    part: 'services/connect/testing',
    may: ['services', 'lib/kafka', 'lib/control', 'broker'],
    not: web,
  },
  { part: 'services/database.ts', may: ['prisma/adapter', 'prisma/services'], not: web },
  { part: 'boot.ts', may: ['lib'], not: ['next', ...storageEngines] },

  // What sees only ports and pages. The protocol is pure, so a client may be made of it.
  { part: 'e2e', may: ['broker/protocol', 'broker/rules', 'lib/paths.ts'], not: storageEngines },
  { part: 'architecture', may: [] },
]

/** Each import against the table, as a sentence. */
export function wrongDirections(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => !isTest(path) || path.startsWith('e2e/'))
    .flatMap((source) => {
      const part = partOf(source.path)
      if (part === undefined) return []
      return importsOf(source).flatMap(({ target, ours, typeOnly }) => {
        if (!ours) {
          return within(target, part.not ?? [])
            ? [`${source.path} imports ${target}: ${part.part} must not know it`]
            : []
        }
        if (within(target, [part.part, ...part.may])) return []
        if (typeOnly && within(target, part.mayTypes ?? [])) return []
        return [`${source.path} imports ${target}: ${part.part} may not`]
      })
    })
}

/** The most specific part that contains the path. */
function partOf(path: string): Part | undefined {
  return parts
    .filter(({ part }) => within(path, [part]))
    .sort((a, b) => b.part.length - a.part.length)[0]
}
