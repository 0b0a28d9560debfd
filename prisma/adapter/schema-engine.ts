import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm'
import { createAdapterFactory } from './adapter.ts'
import { readMigrations } from './migrate.ts'

/**
 * Prisma's schema engine as WebAssembly: it needs no download, and 5 MB, so only the making of
 * migrations and tests load it.
 */

/**
 * SQL that leads from an owner's migrations to its `schema.prisma`, or null where nothing is left to
 * do. `ownerDir` holds `schema.prisma` and `migrations/`.
 */
export async function diffMigrations(ownerDir: string): Promise<string | null> {
  const migrationsDir = join(ownerDir, 'migrations')
  const migrations = existsSync(migrationsDir) ? readMigrations(migrationsDir) : []
  return diff(ownerDir, ':memory:', {
    tag: 'migrations',
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  })
}

/** The same for a database as it is. */
export async function diffDatabase(ownerDir: string, file: string): Promise<string | null> {
  return diff(ownerDir, file, {
    tag: 'schemaDatasource',
    files: [schemaFile(ownerDir)],
    configDir: ownerDir,
  })
}

async function diff(ownerDir: string, file: string, from: DiffTarget): Promise<string | null> {
  const schema = schemaFile(ownerDir)
  const engine = await startEngine(schema, file)
  try {
    const result = await engine.diff({
      from,
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    // As with diff(1): 0 says that there is no difference, 2 that there is one.
    return result.exitCode === 0 ? null : result.stdout
  } finally {
    engine.free()
  }
}

interface SchemaFile {
  readonly path: string
  readonly content: string
}

function schemaFile(ownerDir: string): SchemaFile {
  const path = join(ownerDir, 'schema.prisma')
  return { path, content: readFileSync(path, 'utf8') }
}

async function startEngine(schema: SchemaFile, file: string): Promise<SchemaEngine> {
  const glue = await loadEngine()
  const adapterFactory = createAdapterFactory({ file })
  return glue.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory({
      ...adapterFactory,
      connect: async () => acceptScripts(await adapterFactory.connect()),
      connectToShadowDb: async () => acceptScripts(await adapterFactory.connectToShadowDb()),
    }),
  )
}

/** The engine sends whole migrations as one query, which better-sqlite3 does not prepare. */
function acceptScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    ...adapter,
    async executeRaw(query) {
      if (query.args.length > 0) return adapter.executeRaw(query)
      await adapter.executeScript(query.sql)
      return 0
    },
  }
}

/** Once: the package keeps views of the memory of the instance that it was given first. */
function loadEngine() {
  engine ??= instantiate()
  return engine
}

let engine: ReturnType<typeof instantiate> | null = null

/** What the package's entry does with `import … from '….wasm'`, which Node 20 does not know. */
async function instantiate() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const script = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  )
  const code = readFileSync(script.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return glue
}
