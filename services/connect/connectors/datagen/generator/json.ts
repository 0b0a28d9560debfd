// Values as Connect's JsonConverter writes them without schemas: enums as texts, bytes as base64,
// unions without their branch, dates and times as the numbers that they are.

import { decimalBytes, decimalText } from './decimal.ts'
import { javaDouble, javaFloat } from './java-numbers.ts'
import type { GeneratedValue, SchemaNode } from './schema-node.ts'
import { bigintOf, bytesOf, choiceOf, entriesOf, itemsOf } from './value-shapes.ts'

export interface JsonFormat {
  /** `json.output.decimal.format`. */
  readonly decimalFormat: 'BASE64' | 'NUMERIC'
}

/** The JSON of a value that this schema's generator made. */
export function toJson(
  schema: { readonly root: SchemaNode },
  value: GeneratedValue,
  format: JsonFormat,
): string {
  return jsonOf(schema.root, value, format)
}

function jsonOf(node: SchemaNode, value: GeneratedValue, format: JsonFormat): string {
  switch (node.type) {
    case 'null':
      return 'null'
    case 'boolean':
    case 'int':
    case 'long':
      return String(value)
    case 'float':
      return javaFloat(Number(value))
    case 'double':
      return javaDouble(Number(value))
    case 'string':
    case 'enum':
      return JSON.stringify(value)
    case 'bytes':
      return base64(bytesOf(value))
    case 'decimal': {
      const unscaled = bigintOf(value)
      return format.decimalFormat === 'NUMERIC'
        ? decimalText({ unscaled, scale: node.scale })
        : base64(decimalBytes(unscaled))
    }
    case 'array':
      return `[${itemsOf(value)
        .map((item) => jsonOf(node.items, item, format))
        .join(',')}]`
    case 'map': {
      const entries = [...entriesOf(value)].map(
        ([key, item]) => `${JSON.stringify(key)}:${jsonOf(node.values, item, format)}`,
      )
      return `{${entries.join(',')}}`
    }
    case 'record': {
      const values = itemsOf(value)
      const members = node.fields.map(
        ({ name, node: field }, place) =>
          `"${name}":${jsonOf(field, values[place] ?? null, format)}`,
      )
      return `{${members.join(',')}}`
    }
    case 'union': {
      const { branch, value: chosen } = choiceOf(value)
      const type = node.branches[branch]
      if (type === undefined) throw new Error(`A union has no branch ${branch}.`)
      return jsonOf(type, chosen, format)
    }
  }
}

function base64(bytes: Uint8Array): string {
  return `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}"`
}
