import type { ConnectorLogLine } from '../../broker/rules/connect.ts'

/** The newest lines of one connector's log, in memory. */
export interface LogRing {
  add(line: ConnectorLogLine): void
  /** Oldest first. */
  lines(): readonly ConnectorLogLine[]
}

/** 250 connectors with full rings of ordinary lines take some 50 MiB. */
const linesMax = 1000
const messageCharactersMax = 2000

export function createLogRing(): LogRing {
  const kept: ConnectorLogLine[] = []
  return {
    add(line) {
      kept.push({ ...line, message: line.message.slice(0, messageCharactersMax) })
      if (kept.length > linesMax) kept.shift()
    },
    lines: () => [...kept],
  }
}
