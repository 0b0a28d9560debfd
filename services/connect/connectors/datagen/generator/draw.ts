// Values of one record. Everything above the smallest form of a value is paid out of what the record
// has to spare (weights.ts), so that no schema makes records without bounds.

import { drawText } from './draw-text.ts'
import type { Random } from './random.ts'
import type {
  ArrayNode,
  DecimalNode,
  FloatNode,
  GeneratedValue,
  LengthBounds,
  MapNode,
  RecordNode,
  SchemaNode,
  UnionNode,
} from './schema-node.ts'
import { byteWeight, entryWeight, itemWeight } from './weights.ts'

/** The making of one record. */
export interface Draw {
  readonly random: Random
  /** How often each iteration has moved; it is moved here. */
  readonly counters: number[]
  /** Weight that is left beyond the smallest form of everything that is still to come. */
  spare: number
  depth: number
}

/** Records in records: deeper ones take their smallest form. Each level costs stack. */
const depthMax = 100

/** A random value of a node. */
export function drawValue(node: SchemaNode, draw: Draw): GeneratedValue {
  if (node.options !== null) return pick(node.options, draw.random)
  if (node.iteration !== null) {
    const { index, valueAt } = node.iteration
    const count = draw.counters[index] ?? 0
    draw.counters[index] = count + 1
    return valueAt(count)
  }
  const { random } = draw
  switch (node.type) {
    case 'null':
      return null
    case 'boolean':
      return random.float() < node.odds
    case 'int':
      return node.min + random.below(node.max - node.min)
    case 'long':
      return node.min + random.bigBelow(node.max - node.min)
    case 'float':
    case 'double':
      return drawNumber(node, random)
    case 'decimal':
      return drawDecimal(node, random)
    case 'string':
      return drawText(node.text, draw)
    case 'bytes':
      return drawBytes(node.length, draw)
    case 'enum':
      return pick(node.symbols, random)
    case 'array':
      return drawArray(node, draw)
    case 'map':
      return drawMap(node, draw)
    case 'record':
      return drawRecord(node, draw)
    case 'union':
      return drawUnion(node, draw)
  }
}

/** A length between the bounds, of items that weigh so much each; what is longer is paid for. */
export function drawLength({ min, max }: LengthBounds, weight: number, draw: Draw): number {
  const affordable = Math.floor(draw.spare / weight)
  const most = Math.min(max - 1, min + affordable)
  const length = min + draw.random.below(most - min + 1)
  draw.spare -= (length - min) * weight
  return length
}

export function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random.below(items.length)]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}

function drawNumber({ type, min, max }: FloatNode, random: Random): number {
  const share = random.float()
  // Not min + share × (max - min): the difference of two doubles may be no double.
  const value =
    max - min === Number.POSITIVE_INFINITY
      ? min * (1 - share) + max * share
      : min + share * (max - min)
  const rounded = type === 'float' ? Math.fround(value) : value
  // Rounding may reach the bound that is excluded.
  return rounded < max ? rounded : min
}

function drawDecimal({ min, max }: DecimalNode, random: Random): bigint {
  return min + random.bigBelow(max - min)
}

function drawBytes(length: LengthBounds, draw: Draw): Uint8Array {
  const bytes = Buffer.alloc(drawLength(length, byteWeight, draw))
  for (let at = 0; at < bytes.length; at++) bytes[at] = draw.random.below(256)
  return bytes
}

function drawArray(node: ArrayNode, draw: Draw): GeneratedValue {
  const items: GeneratedValue[] = []
  const length = drawLength(node.length, itemWeight(node.items), draw)
  for (let count = 0; count < length; count++) items.push(drawValue(node.items, draw))
  return items
}

function drawMap(node: MapNode, draw: Draw): GeneratedValue {
  const { keys, keyOptions, values } = node
  const entries = new Map<string, GeneratedValue>()
  const length = drawLength(node.length, entryWeight(keys, keyOptions, values), draw)
  for (let count = 0; count < length; count++) {
    const key = keyOptions === null ? drawText(keys, draw) : pick(keyOptions, draw.random)
    // A key that is drawn twice keeps its last value, so that maps may be smaller than drawn.
    entries.set(key, drawValue(values, draw))
  }
  return entries
}

function drawRecord(node: RecordNode, draw: Draw): GeneratedValue {
  draw.depth++
  // Too deep, nothing is spared: the smallest forms end by themselves.
  const spare = draw.spare
  const isTooDeep = draw.depth > depthMax
  if (isTooDeep) draw.spare = 0
  const values = node.fields.map((field) => drawValue(field.node, draw))
  if (isTooDeep) draw.spare = spare
  draw.depth--
  return values
}

function drawUnion(node: UnionNode, draw: Draw): GeneratedValue {
  const cost = (branch: SchemaNode): number => branch.weightMin - node.weightMin
  const affordable = node.branches.filter((branch) => cost(branch) <= draw.spare)
  const chosen = pick(affordable, draw.random)
  draw.spare -= cost(chosen)
  return { branch: node.branches.indexOf(chosen), value: drawValue(chosen, draw) }
}
