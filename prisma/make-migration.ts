/**
 * Writes an owner's next migration, without a network: `node prisma/make-migration.mjs <owner> <name>`
 * compares `prisma/<owner>/schema.prisma` with the migrations beside it. What SQLite can check and
 * Prisma cannot express (CHECK constraints) is added to the written file by hand.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffMigrations } from './adapter/schema-engine.ts'

const [owner, name] = process.argv.slice(2)
if (owner === undefined || name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('usage: node prisma/make-migration.mjs <owner> <name_in_snake_case>')
  process.exit(1)
}

const script = await diffMigrations(join('prisma', owner))
if (script === null) {
  console.log(`prisma/${owner}: the migrations are up to date with the schema.`)
} else {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join('prisma', owner, 'migrations', `${time}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), script)
  writeFileSync(
    join('prisma', owner, 'migrations', 'migration_lock.toml'),
    '# Prisma keeps the provider here; do not edit it.\nprovider = "sqlite"\n',
  )
  console.log(`Wrote ${folder}/migration.sql:\n\n${script}`)
}
