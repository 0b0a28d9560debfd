// Keys as Connect's StringConverter writes them: `toString()` of the value in Java.

import { decimalText } from './decimal.ts'
import { javaDouble, javaFloat } from './java-numbers.ts'
import type { GeneratedValue, GeneratorSchema, JavaDate, SchemaNode } from './schema-node.ts'
import { bigintOf, bytesOf, choiceOf, entriesOf, itemsOf } from './value-shapes.ts'

/** The key of a record: the text of one of its fields, null where that is null or none is named. */
export function keyText(
  schema: GeneratorSchema,
  value: GeneratedValue,
  field: string | null,
): string | null {
  const place = schema.root.fields.findIndex(({ name }) => name === field)
  const node = schema.root.fields[place]?.node
  return node === undefined ? null : javaText(node, itemsOf(value)[place] ?? null)
}

/** Whether records of this schema have such a field, which may be their key. */
export function hasField(schema: GeneratorSchema, name: string): boolean {
  return schema.root.fields.some((field) => field.name === name)
}

function javaText(node: SchemaNode, value: GeneratedValue): string | null {
  switch (node.type) {
    case 'null':
      return null
    case 'int':
    case 'long':
      return node.javaDate === null ? String(value) : dateText(node.javaDate, Number(value))
    case 'float':
      return javaFloat(Number(value))
    case 'double':
      return javaDouble(Number(value))
    case 'bytes':
      // Java would print the array's address here, which says nothing; these are its bytes.
      return Buffer.from(bytesOf(value)).toString('base64')
    case 'decimal':
      return decimalText({ unscaled: bigintOf(value), scale: node.scale })
    case 'array':
      return `[${itemsOf(value)
        .map((item) => javaText(node.items, item))
        .join(', ')}]`
    case 'map':
      return `{${[...entriesOf(value)].map(([key, item]) => `${key}=${javaText(node.values, item)}`).join(', ')}}`
    case 'record': {
      const values = itemsOf(value)
      // Struct.toString leaves out fields that are null.
      const members = node.fields.flatMap(({ name, node: field }, place) => {
        const text = javaText(field, values[place] ?? null)
        return text === null ? [] : [`${name}=${text}`]
      })
      return `Struct{${members.join(',')}}`
    }
    case 'union': {
      const { branch, value: chosen } = choiceOf(value)
      const type = node.branches[branch]
      return type === undefined ? null : javaText(type, chosen)
    }
    default:
      return String(value)
  }
}

const dayMs = 86_400_000

/** `Date.toString` in UTC: Fri Jan 01 00:00:00 UTC 2021. */
function dateText(kind: Exclude<JavaDate, null>, value: number): string {
  const date = new Date(kind === 'date' ? value * dayMs : value)
  const text = date.toUTCString()
  const found = /^(\w+), (\d+) (\w+) (\S+) (\S+) GMT$/.exec(text)
  // Java's calendar goes on beyond the years that JavaScript's has: then the number must do.
  if (found === null) return String(value)
  const [, weekday, day, month, year, time] = found
  return `${weekday} ${month} ${day} ${time} UTC ${year}`
}
