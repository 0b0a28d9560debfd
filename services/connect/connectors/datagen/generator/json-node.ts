// A schema's JSON as a tree that remembers where in the text each part stands, and how its numbers
// are written: `1` and `1.0` differ for Avro, and a long has more digits than a double keeps.

/** Where a node stands: the offset of its first character, and what contains it. */
interface Place {
  readonly offset: number
  readonly parent: JsonNode | null
}

export interface JsonObject extends Place {
  readonly kind: 'object'
  readonly members: Map<string, JsonNode>
}

export interface JsonArray extends Place {
  readonly kind: 'array'
  readonly items: JsonNode[]
}

export interface JsonText extends Place {
  readonly kind: 'string'
  readonly value: string
}

export interface JsonNumber extends Place {
  readonly kind: 'number'
  /** As it is written. */
  readonly text: string
  readonly value: number
}

export interface JsonBoolean extends Place {
  readonly kind: 'boolean'
  readonly value: boolean
}

export interface JsonNull extends Place {
  readonly kind: 'null'
}

export type JsonNode = JsonObject | JsonArray | JsonText | JsonNumber | JsonBoolean | JsonNull

/** The integer that a number is written as; null where it has a fraction or an exponent. */
export function integerOf(node: JsonNumber): bigint | null {
  return /^-?\d+$/.test(node.text) ? BigInt(node.text) : null
}

/** The text of a member, where it is a text. */
export function memberText(node: JsonObject, name: string): string | undefined {
  const member = node.members.get(name)
  return member?.kind === 'string' ? member.value : undefined
}

/** The value without its places, for a library that knows none; numbers are rounded to doubles. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      // fromEntries makes own members of names such as __proto__ too.
      return Object.fromEntries([...node.members].map(([name, item]) => [name, plainValue(item)]))
    case 'array':
      return node.items.map(plainValue)
    case 'null':
      return null
    default:
      return node.value
  }
}

/** The value as Java prints it in its messages: texts bare, objects as {a=b}. */
export function javaText(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${[...node.members].map(([name, item]) => `${name}=${javaText(item)}`).join(', ')}}`
    case 'array':
      return `[${node.items.map(javaText).join(', ')}]`
    case 'null':
      return 'null'
    case 'number':
      return node.text
    default:
      return String(node.value)
  }
}

const intMax = 2n ** 31n
const longMax = 2n ** 63n

/** The class that Avro's Java library holds the value in: messages of the generator name it. */
export function javaClass(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return 'java.util.LinkedHashMap'
    case 'array':
      return 'java.util.ArrayList'
    case 'string':
      return 'java.lang.String'
    case 'boolean':
      return 'java.lang.Boolean'
    case 'null':
      return 'org.apache.avro.JsonProperties$Null'
    case 'number': {
      const integer = integerOf(node)
      if (integer === null) return 'java.lang.Double'
      if (integer >= -intMax && integer < intMax) return 'java.lang.Integer'
      if (integer >= -longMax && integer < longMax) return 'java.lang.Long'
      return 'java.math.BigInteger'
    }
  }
}
