export interface CsvCell {
  readonly text: string
  /** An empty field without quotes is no value; with quotes it is an empty one. */
  readonly isQuoted: boolean
}

/**
 * Reads CSV (RFC 4180) in pieces of any size: `push` returns the rows that are complete, `end` the
 * last one. Quoted fields may hold commas, line ends and doubled quotes.
 */
export function createCsvReader() {
  let cells: CsvCell[] = []
  let text = ''
  let isQuoted = false
  let isInside = false
  // A quote at the end of a piece: the next character says whether it ended the field.
  let isPending = false

  function endCell() {
    cells.push({ text, isQuoted })
    text = ''
    isQuoted = false
  }

  function endRow(rows: CsvCell[][]) {
    endCell()
    const isBlank = cells.length === 1 && cells[0]?.text === '' && !cells[0].isQuoted
    if (!isBlank) rows.push(cells)
    cells = []
  }

  function read(character: string, rows: CsvCell[][]) {
    if (isPending) {
      isPending = false
      if (character === '"') {
        text += '"'
        return
      }
      isInside = false
    }
    if (isInside) {
      if (character === '"') isPending = true
      else text += character
    } else if (character === '"' && text === '') {
      isQuoted = true
      isInside = true
    } else if (character === ',') endCell()
    else if (character === '\n') endRow(rows)
    else if (character !== '\r') text += character
  }

  return {
    push(piece: string): CsvCell[][] {
      const rows: CsvCell[][] = []
      for (let at = 0; at < piece.length; at++) read(piece.charAt(at), rows)
      return rows
    },
    end(): CsvCell[][] {
      const rows: CsvCell[][] = []
      isPending = false
      isInside = false
      if (text !== '' || isQuoted || cells.length > 0) endRow(rows)
      return rows
    },
  }
}
