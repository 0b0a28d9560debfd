import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { diffDatabase, diffMigrations } from './schema-engine.ts'

const prismaDir = join(import.meta.dirname, '..')
const owners = readdirSync(prismaDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((owner) => readdirSync(join(prismaDir, owner)).includes('migrations'))

const folder = mkdtempSync(join(tmpdir(), 'tributary-migrate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(owners)('the migrations of %s', (owner) => {
  const ownerDir = join(prismaDir, owner)

  test('lead to its schema: the schema engine finds nothing to do', async () => {
    expect(await diffMigrations(ownerDir)).toBeNull()
    const file = join(folder, `${owner}.db`)
    migrate({ file, migrationsDir: join(ownerDir, 'migrations') })
    expect(await diffDatabase(ownerDir, file)).toBeNull()
  })
})

describe('a schema that has changed', () => {
  test('is seen by the schema engine', async () => {
    const ownerDir = join(folder, 'changed')
    cpSync(join(prismaDir, 'log'), ownerDir, { recursive: true })
    const schema = 'datasource db {\n  provider = "sqlite"\n}\nmodel More {\n  id Int @id\n}\n'
    writeFileSync(join(ownerDir, 'schema.prisma'), schema)
    expect(await diffMigrations(ownerDir)).toContain('CREATE TABLE "More"')
  })
})

describe('applying migrations', () => {
  let round = 0
  let file: string
  let migrationsDir: string
  beforeEach(() => {
    const here = join(folder, `apply-${round++}`)
    file = join(here, 'test.db')
    migrationsDir = join(here, 'migrations')
    write('1_parent', 'CREATE TABLE parent (id INTEGER PRIMARY KEY);')
    write(
      '2_child',
      `CREATE TABLE child (parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE);
       INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);`,
    )
  })

  function write(name: string, sql: string): void {
    mkdirSync(join(migrationsDir, name), { recursive: true })
    writeFileSync(join(migrationsDir, name, 'migration.sql'), sql)
  }

  function rows(sql: string): unknown[] {
    const database = new Sqlite(file)
    try {
      return database.prepare(sql).all()
    } finally {
      database.close()
    }
  }

  test('applies each once, in order, and keeps Prisma’s books', () => {
    expect(migrate({ file, migrationsDir })).toEqual(['1_parent', '2_child'])
    expect(migrate({ file, migrationsDir })).toEqual([])
    write('3_more', 'CREATE TABLE more (id INTEGER);')
    expect(migrate({ file, migrationsDir })).toEqual(['3_more'])
    expect(
      rows('SELECT migration_name AS name, applied_steps_count AS steps FROM _prisma_migrations'),
    ).toEqual(['1_parent', '2_child', '3_more'].map((name) => ({ name, steps: 1 })))
  })

  test('a table that is rebuilt keeps the rows that refer to it', () => {
    migrate({ file, migrationsDir })
    write(
      '3_rebuild',
      `PRAGMA foreign_keys=OFF;
       CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT);
       INSERT INTO new_parent (id) SELECT id FROM parent;
       DROP TABLE parent;
       ALTER TABLE new_parent RENAME TO parent;
       PRAGMA foreign_keys=ON;`,
    )
    migrate({ file, migrationsDir })
    expect(rows('SELECT * FROM child')).toEqual([{ parent_id: 1 }])
  })

  test('a migration that fails leaves nothing of itself', () => {
    write('3_broken', 'CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER);')
    expect(() => migrate({ file, migrationsDir })).toThrow(/half already exists/)
    expect(rows("SELECT name FROM sqlite_master WHERE name = 'half'")).toEqual([])
    write('3_broken', 'CREATE TABLE whole (id INTEGER);')
    expect(migrate({ file, migrationsDir })).toEqual(['3_broken'])
  })

  test('a database of a newer version is refused', () => {
    migrate({ file, migrationsDir })
    rmSync(join(migrationsDir, '2_child'), { recursive: true })
    expect(() => migrate({ file, migrationsDir })).toThrow(/made by a newer version .*2_child/)
  })

  test('a migration that was changed after it was applied is refused', () => {
    migrate({ file, migrationsDir })
    write('1_parent', 'CREATE TABLE parent (id TEXT PRIMARY KEY);')
    expect(() => migrate({ file, migrationsDir })).toThrow(/another version of migration 1_parent/)
  })
})
