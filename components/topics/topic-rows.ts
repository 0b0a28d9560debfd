import { isInternalName } from '../../lib/format/topics.ts'
import type { TopicFigures } from '../live/live-figures.ts'
import type { SortDirection } from '../ui/sort-head-cell.tsx'

/** A topic as the page sends it: ten thousand of them have to be small. */
export type TopicTuple = readonly [name: string, partitionCount: number, isInternal: 0 | 1]

export interface TopicRow {
  readonly name: string
  readonly partitionCount: number
  readonly isInternal: boolean
}

export type TopicColumn =
  | 'name'
  | 'partitions'
  | 'production'
  | 'consumption'
  | 'retained'
  | 'consumers'

export interface TopicOrder {
  readonly column: TopicColumn
  readonly direction: SortDirection
}

export type FiguresByName = Readonly<Record<string, TopicFigures>>

const columns: readonly TopicColumn[] = [
  'name',
  'partitions',
  'production',
  'consumption',
  'retained',
  'consumers',
]

/**
 * The topics that the page was sent, with those that samples have found since, without those that
 * samples knew once (`seen`) and no longer do. A topic that no sample has reached yet stays.
 */
export function topicRows(
  tuples: readonly TopicTuple[],
  figures: FiguresByName = {},
  seen: ReadonlySet<string> = new Set(),
): readonly TopicRow[] {
  const sent = tuples.flatMap(([name, partitionCount, isInternal]) => {
    const now = figures[name]
    if (now === undefined && seen.has(name)) return []
    return [
      {
        name,
        partitionCount: Math.max(partitionCount, now?.partitions ?? 0),
        isInternal: isInternal === 1,
      },
    ]
  })
  const names = new Set(tuples.map(([name]) => name))
  const found = Object.entries(figures).filter(([name]) => !names.has(name))
  return [
    ...sent,
    ...found.map(([name, now]) => ({
      name,
      partitionCount: now.partitions,
      isInternal: isInternalName(name),
    })),
  ]
}

/** `-production` → by production, largest first. Anything else that is no column is by name. */
export function parseOrder(text: string | undefined): TopicOrder {
  const column = columns.find((candidate) => candidate === text?.replace(/^-/, ''))
  const direction = text?.startsWith('-') ? 'descending' : 'ascending'
  return column === undefined ? { column: 'name', direction: 'ascending' } : { column, direction }
}

/** What stands in the address; undefined for the order that holds without it. */
export function orderText({ column, direction }: TopicOrder): string | undefined {
  if (direction === 'descending') return `-${column}`
  return column === 'name' ? undefined : column
}

/** A click on a head: the other way round, or this column, numbers from the largest on. */
export function nextOrder(order: TopicOrder, column: TopicColumn): TopicOrder {
  if (order.column !== column) {
    return { column, direction: column === 'name' ? 'ascending' : 'descending' }
  }
  return { column, direction: order.direction === 'ascending' ? 'descending' : 'ascending' }
}

/** The rows that are wanted, by part of their name. */
export function findTopics(
  rows: readonly TopicRow[],
  { search, showsInternal }: { readonly search: string; readonly showsInternal: boolean },
): readonly TopicRow[] {
  const wanted = search.trim().toLowerCase()
  return rows.filter(
    ({ name, isInternal }) =>
      (showsInternal || !isInternal) && (wanted === '' || name.toLowerCase().includes(wanted)),
  )
}

/** In order of a column; what is equal or not measured, by name, the unmeasured last. */
export function sortTopics(
  rows: readonly TopicRow[],
  { column, direction }: TopicOrder,
  figures: FiguresByName,
): readonly TopicRow[] {
  const sign = direction === 'ascending' ? 1 : -1
  const byName = (a: TopicRow, b: TopicRow) => (a.name < b.name ? -1 : 1)
  if (column === 'name') return [...rows].sort((a, b) => sign * byName(a, b))
  const keyed = rows.map((row) => ({ row, value: figureOf(row, column, figures) }))
  keyed.sort((a, b) => {
    if (a.value === b.value) return byName(a.row, b.row)
    if (a.value === null) return 1
    if (b.value === null) return -1
    return sign * (a.value - b.value)
  })
  return keyed.map(({ row }) => row)
}

/** The number in a column; null where nothing was measured. */
export function figureOf(
  row: TopicRow,
  column: Exclude<TopicColumn, 'name'>,
  figures: FiguresByName,
): number | null {
  const now = figures[row.name]
  if (column === 'partitions') return row.partitionCount
  if (column === 'retained') return now?.storedBytes ?? null
  if (column === 'consumers') return now === undefined ? null : (now.consumers ?? 0)
  if (column === 'production') return now?.rates?.productionBytesPerSecond ?? null
  return now?.rates?.consumptionBytesPerSecond ?? null
}

/** The rows as they are shown, with whole numbers of bytes. */
export function topicsCsv(rows: readonly TopicRow[], figures: FiguresByName): string {
  const numbers = ['partitions', 'production', 'consumption', 'retained', 'consumers'] as const
  const head = [
    'topic',
    'partitions',
    'production_bytes_per_second',
    'consumption_bytes_per_second',
    'retained_bytes',
    'consumers',
  ]
  // No legal topic name needs quotes.
  const lines = rows.map((row) =>
    [row.name, ...numbers.map((column) => figureOf(row, column, figures) ?? '')].join(','),
  )
  return `${[head.join(','), ...lines].join('\r\n')}\r\n`
}
