import { readAvroTypes } from './avro-types.ts'
import { type BuiltNodes, buildNodes } from './build-nodes.ts'
import { iteratesOnceARecord } from './iterations.ts'
import type { JsonNode } from './json-node.ts'
import { collectProblems, type Problems, type SchemaProblem } from './problems.ts'
import type { GeneratorSchema } from './schema-node.ts'
import { readSchemaText } from './schema-text.ts'
import { recordWeightMax, weighNodes } from './weights.ts'

/** How long Confluent allows a schema to be that is pasted into a connector's settings. */
export const schemaTextLengthMax = 10_000

export type ParsedSchema =
  | { readonly ok: true; readonly schema: GeneratorSchema }
  | ({ readonly ok: false; readonly message: string } & SchemaProblem)

/**
 * Reads a schema with its `arg.properties`. Whatever the text is, the answer is a value: a schema
 * whose records are bounded in size and in the time they take, or the first thing that is wrong.
 */
export function parseSchema(text: string): ParsedSchema {
  const problems = collectProblems(text)
  const schema = readSchema(text, problems)
  const [first] = problems.found
  if (first !== undefined) return { ok: false, message: messageOf(first), ...first }
  if (schema === null) throw new Error('A schema was refused without a problem.')
  return { ok: true, schema }
}

function readSchema(text: string, problems: Problems): GeneratorSchema | null {
  const json = readSchemaText(text, problems)
  const types = json === null ? null : readAvroTypes(json, problems)
  if (json === null || types === null) return null
  const nodes = buildNodes(types, problems)
  if (problems.found.length > 0) return null
  const { root, iterationCount } = nodes
  if (root.type !== 'record') {
    problems.report(json, `the schema of a topic's records must be a record, and not ${root.type}.`)
    return null
  }
  weighNodes(nodes.all)
  reportUnbounded(nodes, json, problems)
  if (problems.found.length > 0) return null
  return { root, iterationCount, iteratesOnceARecord: iteratesOnceARecord(root) }
}

/** Types without a finite value, and records that are too large even at their smallest. */
function reportUnbounded(
  { root, all, definitions }: BuiltNodes,
  json: JsonNode,
  problems: Problems,
): void {
  const endless = all.find(
    (node) => node.type === 'record' && node.weightMin === Number.POSITIVE_INFINITY,
  )
  if (endless?.type === 'record') {
    problems.report(
      definitions.get(endless) ?? json,
      `the record ${endless.name} contains itself without end: a union with null or an array that may be empty ends it.`,
    )
  } else if (root.weightMin > recordWeightMax) {
    problems.report(
      json,
      `even the smallest record could take ${Math.ceil(root.weightMin)} bytes: at most ${recordWeightMax} are possible. Make a length smaller.`,
    )
  }
}

function messageOf({ problem, line, column, path }: SchemaProblem): string {
  const place = path === '' ? '' : ` in ${path}`
  const end = problem.endsWith('.') ? '' : '.'
  return `Unable to parse the provided schema. Line ${line}, column ${column}${place}: ${problem}${end}`
}
