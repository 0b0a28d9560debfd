import { type CsvCell, createCsvReader } from '../../lib/format/csv-rows.ts'
import { type RecordLine, recordOfCells, recordOfLine } from '../../lib/format/message-lines.ts'
import { readLines } from './read-lines.ts'

/** A line that is no record; nothing from it on has been produced. */
export class UnreadableLine extends Error {}

/**
 * Records of typed lines or of a file, in batches that one request takes. `readBytes` says after
 * each how far in the file it is. Rejects with `UnreadableLine`.
 */
export async function* recordsOf(
  source: File | string,
): AsyncGenerator<{ readonly records: readonly RecordLine[]; readonly readBytes: number }> {
  const body = typeof source === 'string' ? new Blob([source]) : source
  const isCsv = typeof source !== 'string' && /\.csv$/i.test(source.name)
  const counted = countBytes(body.stream())
  const batches = isCsv ? csvRecords(counted.stream) : jsonRecords(counted.stream)
  let records: RecordLine[] = []
  let characters = 0
  for await (const record of batches) {
    records.push(record)
    characters += sizeOf(record)
    if (records.length === batchRecordsMax || characters > batchCharactersMax) {
      yield { records, readBytes: counted.read() }
      records = []
      characters = 0
    }
  }
  if (records.length > 0) yield { records, readBytes: counted.read() }
}

const batchRecordsMax = 500
/** Three bytes each at most: less than a topic takes at once by default (2,097,164 bytes). */
const batchCharactersMax = 400_000

async function* jsonRecords(stream: ReadableStream<Uint8Array>): AsyncGenerator<RecordLine> {
  let number = 0
  for await (const lines of readLines(stream)) {
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      const record = recordOfLine(line.replace(/\r$/, ''))
      if (record === null) throw new UnreadableLine(`Line ${number} is not JSON.`)
      yield record
    }
  }
}

async function* csvRecords(stream: ReadableStream<Uint8Array>): AsyncGenerator<RecordLine> {
  const reader = createCsvReader()
  const decoder = new TextDecoder()
  let head: readonly string[] | undefined
  let number = 1
  function* recordsIn(rows: readonly CsvCell[][]): Generator<RecordLine> {
    for (const row of rows) {
      if (head === undefined) {
        head = row.map(({ text }) => text)
        continue
      }
      number += 1
      if (row.length !== head.length) {
        throw new UnreadableLine(
          `Row ${number} has ${row.length} columns, the head has ${head.length}.`,
        )
      }
      yield recordOfCells(head, row)
    }
  }
  const source = stream.getReader()
  for (let read = await source.read(); !read.done; read = await source.read()) {
    yield* recordsIn(reader.push(decoder.decode(read.value, { stream: true })))
  }
  yield* recordsIn(reader.end())
}

function sizeOf({ key, value }: RecordLine): number {
  return key.text.length + value.text.length
}

function countBytes(source: ReadableStream<Uint8Array>) {
  let bytes = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length
      controller.enqueue(chunk)
    },
  })
  return { stream: source.pipeThrough(counter), read: () => bytes }
}
