import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import type { ColumnDefinition } from 'better-sqlite3'

/**
 * What crosses between Prisma and SQLite: arguments one way, rows the other.
 * Dates are stored as Prisma's own SQLite adapters store them, as ISO 8601 text ending in +00:00.
 */

/** Turns an argument as Prisma gives it into what better-sqlite3 binds. */
export function toSqliteValue(argument: unknown, type: ArgType | undefined): unknown {
  if (typeof argument === 'boolean') return argument ? 1 : 0
  if (argument instanceof Date) return isoText(argument)
  if (typeof argument !== 'string' || type === undefined) return argument
  switch (type.scalarType) {
    case 'int':
    case 'float':
    case 'decimal':
      return Number(argument)
    case 'bigint':
      return integerOf(argument)
    case 'datetime':
      return isoText(new Date(argument))
    case 'bytes':
      return Buffer.from(argument, 'base64')
    default:
      return argument
  }
}

/** The rows of a query in the form that Prisma reads. */
export function toResultSet(
  columns: readonly ColumnDefinition[],
  rows: readonly unknown[][],
): SqlResultSet {
  const columnTypes = columns.map((column, index) => columnType(column.type, rows, index))
  for (const row of rows) {
    for (let index = 0; index < row.length; index++) {
      row[index] = toPrismaValue(row[index], columnTypes[index])
    }
  }
  return { columnNames: columns.map((column) => column.name), columnTypes, rows: [...rows] }
}

function toPrismaValue(value: unknown, type: ColumnType | undefined): unknown {
  if (typeof value === 'bigint') {
    if (type === ColumnTypeEnum.DateTime) return new Date(Number(value)).toISOString()
    const number = Number(value)
    // Prisma reads a larger integer from its digits, without rounding it.
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  return value
}

/**
 * The type of a column of blobs. Prisma Client copies what a raw query calls bytes (it expects
 * base64), and leaves alone what has no type it knows; model queries look at the schema instead.
 */
const BLOB = ColumnTypeEnum.UnknownNumber

/** Declared types of SQLite columns, as Prisma's migrations write them. */
const DECLARED: Readonly<Record<string, ColumnType>> = {
  INTEGER: ColumnTypeEnum.Int32,
  INT: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  BOOLEAN: ColumnTypeEnum.Boolean,
  REAL: ColumnTypeEnum.Double,
  DOUBLE: ColumnTypeEnum.Double,
  DECIMAL: ColumnTypeEnum.Numeric,
  DATETIME: ColumnTypeEnum.DateTime,
  TEXT: ColumnTypeEnum.Text,
  JSONB: ColumnTypeEnum.Json,
  BLOB,
}

function columnType(
  declared: string | null,
  rows: readonly unknown[][],
  index: number,
): ColumnType {
  const known = declared === null ? undefined : DECLARED[declared.toUpperCase()]
  if (known !== undefined) return known
  const sample = rows.find((row) => row[index] !== null)?.[index]
  switch (typeof sample) {
    case 'string':
      return ColumnTypeEnum.Text
    case 'bigint':
      return ColumnTypeEnum.Int64
    case 'number':
      return ColumnTypeEnum.Double
    case 'object':
      return BLOB
    default:
      // Nothing but nulls: any type will do.
      return ColumnTypeEnum.Int32
  }
}

function integerOf(digits: string): number | bigint {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : BigInt(digits)
}

function isoText(date: Date): string {
  return date.toISOString().replace('Z', '+00:00')
}
