import { type JsonNode, memberText } from './json-node.ts'

/** What is wrong with a schema: a sentence, and where in its text. Lines and columns count from 1. */
export interface SchemaProblem {
  readonly problem: string
  readonly line: number
  readonly column: number
  /** The record and fields that lead there, such as `orders.address`; empty at the top. */
  readonly path: string
}

/** Collects what is wrong while a schema is read; reading goes on with something harmless. */
export interface Problems {
  report(node: JsonNode, problem: string): void
  reportAt(offset: number, problem: string): void
  readonly found: readonly SchemaProblem[]
}

/** Problems of the schema that this text holds. */
export function collectProblems(text: string): Problems {
  const found: SchemaProblem[] = []
  const add = (offset: number, path: string, problem: string): void => {
    const before = text.slice(0, offset)
    const line = before.split('\n').length
    found.push({ problem, line, column: offset - before.lastIndexOf('\n'), path })
  }
  return {
    found,
    report: (node, problem) => add(node.offset, pathTo(node), problem),
    reportAt: (offset, problem) => add(offset, '', problem),
  }
}

/** The names of the records and fields around a node, outermost first. */
function pathTo(node: JsonNode): string {
  const names: string[] = []
  for (let at: JsonNode | null = node; at !== null; at = at.parent) {
    if (at.kind !== 'object') continue
    const name = memberText(at, 'name')
    const list = at.parent?.parent
    const isField = list?.kind === 'object' && list.members.get('fields') === at.parent
    const isTop = at.parent === null
    if (name !== undefined && (isField || isTop)) names.unshift(name)
  }
  return names.join('.')
}
