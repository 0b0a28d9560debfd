// Style and layout as a test: the tables are in `architecture/`, each with a fixture here that
// breaks it, so that a rule that stopped working is noticed.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parts, wrongDirections } from './architecture/directions.ts'
import { rules } from './architecture/rules.ts'
import { isTest, readSources, type Source } from './architecture/sources.ts'

const root = import.meta.dirname
const sources = readSources(root)

/** An import for every row of the table that the row forbids. */
const forbidden: Record<string, Source> = {
  'broker/protocol': file('broker/protocol/x.ts', "import { a } from '../errors.ts'"),
  'broker/rules': file('broker/rules/x.ts', "import { a } from '../protocol/wire.ts'"),
  'broker/metrics': file('broker/metrics/x.ts', "import { a } from '../log/x.ts'"),
  'broker/errors.ts': file('broker/errors.ts', "import { a } from './clock.ts'"),
  'broker/clock.ts': file('broker/clock.ts', "import { a } from './errors.ts'"),
  'broker/free-memory.ts': file('broker/free-memory.ts', "import { a } from './errors.ts'"),
  'broker/tls': file('broker/tls/x.ts', "import { a } from '../network/x.ts'"),
  'broker/storage': file('broker/storage/x.ts', "import { a } from '../log/x.ts'"),
  'broker/storage/prisma': file('broker/storage/prisma/x.ts', "import { a } from '../../log/x.ts'"),
  'broker/log': file('broker/log/x.ts', "import { a } from '../cluster/x.ts'"),
  'broker/cluster': file('broker/cluster/x.ts', "import { a } from '../coordinator/x.ts'"),
  'broker/coordinator': file('broker/coordinator/x.ts', "import { a } from '../log/x.ts'"),
  'broker/api': file('broker/api/x.ts', "import type { A } from '../storage/storage.ts'"),
  'broker/network': file('broker/network/x.ts', "import { a } from '../control/x.ts'"),
  'broker/verify': file('broker/verify/x.ts', "import { a } from '../../lib/db.ts'"),
  'broker/control': file('broker/control/x.ts', "import { a } from '../main.ts'"),
  broker: file('broker/main.ts', "import { a } from '../lib/env.ts'"),
  'prisma/adapter': file('prisma/adapter/x.ts', "import { a } from '../../broker/clock.ts'"),
  lib: file('lib/queries/x.ts', "import { a } from '../../broker/log/x.ts'"),
  'lib/db.ts': file('lib/db.ts', "import { a } from '../prisma/broker/generated/client.ts'"),
  'lib/kafka': file('lib/kafka/x.ts', "import { a } from '../../broker/network/x.ts'"),
  'lib/format': file('lib/format/x.ts', "import { a } from '../env.ts'"),
  'lib/paths.ts': file('lib/paths.ts', "import { a } from './db.ts'"),
  'lib/boot': file('lib/boot/x.ts', "import { a } from '../../broker/index.ts'"),
  'components/ui': file('components/ui/x.tsx', "import { a } from '@/components/topics/x'"),
  'components/charts': file('components/charts/x.tsx', "import { a } from '@/lib/queries/x'"),
  components: file('components/topics/x.tsx', "import { a } from '@/lib/queries/topics'"),
  'components/forms': file('components/forms/x.tsx', "import { a } from '@/broker/log/x'"),
  app: file('app/page.tsx', "import { a } from '@/broker/rules/limits'"),
  services: file('services/connect/x.ts', "import { a } from '../../lib/db.ts'"),
  'services/connect/testing': file(
    'services/connect/testing/x.ts',
    "import { a } from '../../../lib/db.ts'",
  ),
  'services/database.ts': file('services/database.ts', "import { a } from '../lib/kafka/x.ts'"),
  'boot.ts': file('boot.ts', "import { a } from './broker/index.ts'"),
  e2e: file('e2e/console/x.spec.ts', "import { a } from '../../lib/db.ts'"),
  architecture: file('architecture/x.ts', "import { a } from '../lib/env.ts'"),
}

describe('imports', () => {
  it('point one way', () => {
    expect(wrongDirections(sources)).toEqual([])
  })

  it.each(parts.map(({ part }) => part))('of %s are checked', (part) => {
    const fixture = forbidden[part]
    if (fixture === undefined) throw new Error(`${part} has no fixture that breaks its row.`)
    expect(wrongDirections([fixture])).toHaveLength(1)
  })

  it.each([
    ["import {\n  a,\n  b,\n} from '../lib/env.ts'", 'in several lines'],
    ["import '../lib/env.ts'", 'for its effects'],
    ["const a = await import('../lib/env.ts')", 'when it runs'],
    ["export { a } from '../lib/env.ts'", 'to export it'],
    ["export type { A } from '../lib/env.ts'", 'as a type'],
    ["import { a } from '@/lib/env'", 'by its alias'],
    ["import React from 'react'", 'from a package'],
    ["import { a } from 'next/headers'", 'from a part of a package'],
  ])('are seen: %j', (text) => {
    expect(wrongDirections([file('broker/main.ts', text)])).toHaveLength(1)
  })

  it('of types may go where those of values may not', () => {
    const path = 'components/topics/x.tsx'
    expect(wrongDirections([file(path, "import type { A } from '@/lib/queries/x'")])).toEqual([])
  })
})

/** Sources that break each rule, once. */
const breaking: Record<string, readonly Source[]> = {
  'a file has at most': [file('lib/x.ts', 'a\n'.repeat(600))],
  'a file is imported from where it is': [
    file('lib/x.ts', "// All of it.\nexport * from './a.ts'\nexport type { B } from './b.ts'\n"),
  ],
  'index.ts is': [file('lib/index.ts', 'export const a = 1')],
  'file names are kebab-case': [file('lib/topicTable.ts', '')],
  'names say what': [file('lib/x.ts', 'export class TopicManager {}')],
  'exports have names': [file('lib/x.ts', 'export default 1')],
  'work is done': [file('lib/x.ts', '// FIXME later')],
  'the environment is read': [file('lib/x.ts', 'const port = process.env.PORT')],
  'each Prisma client': [
    file('services/x.ts', "import { PrismaClient } from '../prisma/console/generated/client.ts'"),
  ],
  'SQLite is opened': [file('lib/x.ts', "import Sqlite from 'better-sqlite3'")],
  'Kafka is spoken': [file('lib/queries/x.ts', "import { Admin } from '@platformatic/kafka'")],
  'what boot and services load': [
    file('boot.ts', "import { a } from './lib/a.ts'"),
    file('lib/a.ts', "import { b } from './b.ts'"),
    file('lib/b.ts', "import { headers } from 'next/headers'"),
  ],
}

describe.each(rules)('$name', ({ name, broken }) => {
  it('holds', () => expect(broken(sources)).toEqual([]))

  it('is noticed when it does not', () => {
    const fixture = Object.entries(breaking).find(([start]) => name.startsWith(start))?.[1]
    if (fixture === undefined) throw new Error('This rule has no fixture that breaks it.')
    expect(broken(fixture)).toHaveLength(1)
  })
})

it('a long file may say why in its header', () => {
  const text = `// This file is long because Kafka has 130 errors.\n${'a\n'.repeat(700)}`
  expect(rules[0]?.broken([file('broker/errors.ts', text)])).toEqual([])
})

it('half of the files have at most 100 lines, and nine of ten at most 300', () => {
  const lengths = sources
    .filter(({ path }) => !isTest(path))
    .map(({ text }) => text.split('\n').length)
    .sort((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length * 0.5)]).toBeLessThanOrEqual(100)
  expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(300)
})

it('every dependency has its line in ARCHITECTURE.md, and every line its dependency', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'))
  const table = read('ARCHITECTURE.md').split('\n## Dependencies\n')[1]?.split('\n## ')[0] ?? ''
  const listed = [...table.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1])
  expect(listed.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort())
})

it('the lock file holds the packages of every platform, or npm ci refuses it', () => {
  const check = spawnSync(process.execPath, ['start/complete-lock.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(check.stdout, 'run: node start/complete-lock.mjs').toBe('')
  expect(check.status).toBe(0)
})

function file(path: string, text: string): Source {
  return { path, text }
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
