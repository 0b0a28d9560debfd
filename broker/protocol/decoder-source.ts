/**
 * Writes the JavaScript of a function that decodes one message in one version.
 *
 * The text is straight-line: version branches are resolved here, and every object literal has the
 * declared fields in declared order, so that all decoded messages of an API have one hidden class.
 * Measured 7 to 18 times faster than walking the declaration. Consecutive fixed-size fields share
 * one check against the end of the frame. Integers go through a DataView (2.4 µs for a Fetch of 200
 * partitions, against 4.5 µs with shifted bytes; making the view costs 0.1 µs).
 */

import { defaultSource, fixedSize, leastSize, splitFields } from './layout.ts'
import { type Field, type Fields, includes, type Message } from './schema.ts'

/** The body of `(r) => (b, o) => value`, with `r` the functions of `wire.ts`. */
export function decoderSource(message: Message, version: number): string {
  const source = new DecoderSource(message, version)
  const value = source.struct(message.fields, message.name)
  return `'use strict'
return function decode${message.name}V${version}(b, o) {
const end = b.length, d = new DataView(b.buffer, b.byteOffset, end)
let budget = r.ELEMENTS_MAX
let x = 0
${source.lines.join('\n')}
return ${value}
}`
}

class DecoderSource {
  readonly lines: string[] = []
  readonly #version: number
  readonly #flexible: boolean
  readonly #title: string
  #names = 0

  constructor(message: Message, version: number) {
    this.#version = version
    this.#flexible = includes(message.flexible, version)
    this.#title = `${message.name} v${version}`
  }

  /** Emits the reading of a struct; returns the expression of its value. */
  struct(fields: Fields, path: string): string {
    const { inline, tagged, absent } = splitFields(fields, this.#version, this.#flexible)
    const values = new Map<string, string>()
    for (const [name, field] of absent) {
      values.set(name, defaultSource(field))
    }
    this.#inline(inline, path, values)
    if (this.#flexible) {
      this.#tagged(tagged, path, values)
    }
    const entries = Object.keys(fields).map((name) => `${name}: ${values.get(name)}`)
    return `{ ${entries.join(', ')} }`
  }

  #inline(
    fields: readonly (readonly [string, Field])[],
    path: string,
    values: Map<string, string>,
  ) {
    let run = 0
    for (const [index, [name, field]] of fields.entries()) {
      const size = fixedSize(field)
      if (size === undefined) {
        run = 0
        values.set(name, this.#variable(field, `${path}.${name}`))
        continue
      }
      if (run === 0) {
        run = this.#checkRun(fields.slice(index))
      }
      values.set(name, this.#fixed(field, `${path}.${name}`))
    }
  }

  /** Checks the end of the frame once for all fixed-size fields at the head of the list. */
  #checkRun(fields: readonly (readonly [string, Field])[]): number {
    let total = 0
    for (const [, field] of fields) {
      const size = fixedSize(field)
      if (size === undefined) {
        break
      }
      total += size
    }
    this.#emit(`if (o + ${total} > end) ${this.#truncated()}`)
    return total
  }

  #fixed(field: Field, path: string): string {
    const name = this.#name()
    switch (field.kind) {
      case 'bool':
        this.#emit(`const ${name} = b[o++] !== 0`)
        break
      case 'int8':
        this.#emit(`const ${name} = b[o++] << 24 >> 24`)
        break
      case 'int16':
        this.#emit(`const ${name} = d.getInt16(o); o += 2`)
        break
      case 'int32':
        this.#emit(`const ${name} = ${int32At('o')}; o += 4`)
        break
      case 'float64':
        this.#emit(`const ${name} = d.getFloat64(o); o += 8`)
        break
      case 'uuid':
        this.#emit(`const ${name} = r.readUuid(b, o); o += 16`)
        break
      case 'int64':
        this.#int64(name, field, path)
        break
      default:
        throw new Error(`${field.kind} has no fixed size`)
    }
    return name
  }

  #int64(name: string, field: Field, path: string) {
    const refuse = this.#bad(path, 'an integer beyond 2^53 cannot be held exactly')
    this.#emit(`x = ${int32At('o')}`)
    this.#emit(`let ${name} = x * 4294967296 + (${int32At('o + 4')} >>> 0); o += 8`)
    const none = field.unbounded
      ? `if (x === 0x7fffffff && ${int32At('o - 4')} === -1) ${name} = Infinity; else `
      : ''
    this.#emit(`if (x > 0x1fffff || x < -0x200000) { ${none}${refuse} }`)
  }

  #variable(field: Field, path: string): string {
    const nullable = field.nullable !== undefined && includes(field.nullable, this.#version)
    const name = this.#name()
    this.#emit(`let ${name} = null`)
    if (field.kind === 'struct') {
      this.#maybeStruct(name, field, path, nullable)
      return name
    }
    const size = this.#size(field, path)
    const read = this.#content(name, field, size, path)
    const otherwise = nullable
      ? `else if (${size} !== -1) ${this.#bad(path, 'a negative length')}`
      : `else ${this.#bad(path, 'null or a negative length')}`
    this.#emit(`if (${size} >= 0) {\n${read}\n} ${otherwise}`)
    return name
  }

  /** A struct that may be null stands after one byte: negative for null (KIP-893). */
  #maybeStruct(name: string, field: Field, path: string, nullable: boolean) {
    const read = () => this.#emit(`${name} = ${this.struct(field.fields ?? {}, path)}`)
    if (!nullable) {
      read()
      return
    }
    this.#emit(`if (o >= end) ${this.#truncated()}`)
    this.#emit('if (b[o++] < 128) {')
    read()
    this.#emit('}')
  }

  /** Emits the reading of a length; returns its variable, in which -1 stands for null. */
  #size(field: Field, _path: string): string {
    const name = this.#name()
    if (this.#flexible) {
      this.#uvarint(name)
      this.#emit(`${name}--`)
      return name
    }
    const short = field.kind === 'string'
    this.#emit(`if (o + ${short ? 2 : 4} > end) ${this.#truncated()}`)
    this.#emit(
      short ? `const ${name} = d.getInt16(o); o += 2` : `const ${name} = ${int32At('o')}; o += 4`,
    )
    return name
  }

  #content(name: string, field: Field, size: string, path: string): string {
    if (field.kind === 'array') {
      return this.#array(name, field, size, path)
    }
    const check = `if (${size} > end - o) ${this.#truncated()}`
    const view = `b.subarray(o, o += ${size})`
    switch (field.kind) {
      case 'string':
        return `${check}\n${name} = r.text(b, o, o += ${size})`
      case 'bytes':
        return `${check}\n${name} = ${view}`
      case 'records':
        return `${check}\n${name} = ${size} === 0 ? [] : [${view}]`
      default:
        throw new Error(`${field.kind} has no length`)
    }
  }

  #array(name: string, field: Field, size: string, path: string): string {
    const element = field.element
    if (element === undefined) {
      throw new Error(`${path} is an array of nothing`)
    }
    const index = this.#name()
    const least = leastSize(element, this.#version, this.#flexible)
    const inner = this.#capture(() => {
      const value =
        element.kind === 'struct'
          ? this.struct(element.fields ?? {}, path)
          : this.#scalarElement(element, path)
      this.#emit(`${name}[${index}] = ${value}`)
    })
    return `if (${size} > (end - o) / ${least}) ${this.#truncated()}
if ((budget -= ${size}) < 0) ${this.#bad(path, 'too many elements in one message')}
${name} = new Array(${size})
for (let ${index} = 0; ${index} < ${size}; ${index}++) {
${inner}
}`
  }

  #scalarElement(element: Field, path: string): string {
    if (fixedSize(element) === undefined) {
      return this.#variable(element, path)
    }
    this.#checkRun([['', element]])
    return this.#fixed(element, path)
  }

  #tagged(
    fields: readonly (readonly [string, Field])[],
    path: string,
    values: Map<string, string>,
  ) {
    if (fields.length === 0) {
      const skip = `r.skipTaggedFields(b, o, '${this.#title}')`
      this.#emit(`if (b[o] === 0) o++; else o = ${skip}`)
      return
    }
    const cases = fields.map(([name, field]) => {
      const value = this.#name()
      values.set(name, value)
      this.#emit(`let ${value} = ${defaultSource(field)}`)
      return this.#taggedCase(value, field, `${path}.${name}`)
    })
    const [count, tag, size, after] = [this.#name(), this.#name(), this.#name(), this.#name()]
    const body = this.#capture(() => {
      this.#uvarint(count)
      this.#emit(`while (${count}-- > 0) {`)
      this.#uvarint(tag)
      this.#uvarint(size)
      this.#emit(`if (${size} > end - o) ${this.#truncated()}`)
      this.#emit(`const ${after} = o + ${size}`)
      this.#emit(`switch (${tag}) {\n${cases.join('\n')}\ndefault: o = ${after}\n}`)
      this.#emit(`if (o !== ${after}) ${this.#bad(path, 'a tagged field has a wrong size')}`)
      this.#emit('}')
    })
    this.#emit(`if (b[o] === 0) o++; else {\n${body}\n}`)
  }

  #taggedCase(value: string, field: Field, path: string): string {
    const body = this.#capture(() => {
      if (fixedSize(field) === undefined) {
        this.#emit(`${value} = ${this.#variable(field, path)}`)
      } else {
        this.#checkRun([['', field]])
        this.#emit(`${value} = ${this.#fixed(field, path)}`)
      }
    })
    return `case ${field.tag}: {\n${body}\nbreak\n}`
  }

  /** Unrolled, because nearly every one is a single byte. Zeros are read past the end, then refused. */
  #uvarint(name: string) {
    this.#emit(`let ${name} = b[o++]
if (!(${name} < 128)) {
${name} = ${name} & 127 | (x = b[o++]) << 7
if (x > 127) { ${name} = ${name} & 16383 | (x = b[o++]) << 14
if (x > 127) { ${name} = ${name} & 2097151 | (x = b[o++]) << 21
if (x > 127) { ${name} = (${name} & 268435455 | (x = b[o++]) << 28) >>> 0
if (x > 15) ${this.#bad('', 'a variable-length integer is too large')}
} } }
if (o > end) ${this.#truncated()}
}`)
  }

  #capture(emit: () => void): string {
    const from = this.lines.length
    emit()
    return this.lines.splice(from).join('\n')
  }

  #truncated(): string {
    return `r.truncated('${this.#title}')`
  }

  #bad(path: string, reason: string): string {
    return `r.bad('${this.#title}: ${path}: ${reason}')`
  }

  #emit(line: string) {
    this.lines.push(line)
  }

  #name(): string {
    return `v${this.#names++}`
  }
}

function int32At(offset: string): string {
  return `d.getInt32(${offset})`
}
