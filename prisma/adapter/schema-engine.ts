import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
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
  const schema = schemaFile(ownerDir)
  const migrationsDir = join(ownerDir, 'migrations')
  const migrations = existsSync(migrationsDir) ? readMigrations(migrationsDir) : []
  const engine = await startEngine(schema, ':memory:')
  try {
    const result = await engine.diff({
      from: {
        tag: 'migrations',
        baseDir: migrationsDir,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"' },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
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

/** What the package's entry does with `import … from '….wasm'`, which Node 20 does not know. */
async function loadEngine() {
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
