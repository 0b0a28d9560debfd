import type { RecordNode, SchemaNode } from './schema-node.ts'

/**
 * Whether every iteration moves by exactly one in each record: then the number of records tells
 * where it is. In an array, map or union it moves as often as chance has it, and in a type that a
 * record contains twice, twice.
 */
export function iteratesOnceARecord(root: RecordNode): boolean {
  const once = new Set<SchemaNode>()
  const seen = new Set<SchemaNode>()

  function visit(node: SchemaNode, isCertain: boolean): boolean {
    if (node.options !== null) return true
    if (node.iteration !== null) {
      if (!isCertain || once.has(node)) return false
      once.add(node)
      return true
    }
    // What is certain is walked each time it occurs, the rest once: it can only be the same again.
    if (!isCertain) {
      if (seen.has(node)) return true
      seen.add(node)
    }
    switch (node.type) {
      case 'record':
        return node.fields.every((field) => visit(field.node, isCertain))
      case 'array':
        return visit(node.items, false)
      case 'map':
        return visit(node.values, false)
      case 'union':
        return node.branches.every((branch) => visit(branch, false))
      default:
        return true
    }
  }

  return visit(root, true)
}
