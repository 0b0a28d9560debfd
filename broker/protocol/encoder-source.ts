/**
 * Writes the JavaScript of a function that encodes one message in one version.
 *
 * It writes into a scratch buffer that grows (`writer.ts`); consecutive fixed-size fields share one
 * check for room. Record buffers become segments of their own and are never copied.
 */
import { defaultSource, fixedSize, splitFields } from './layout.ts'
import { type Field, type Fields, includes, type Message } from './schema.ts'

type Entry = readonly [name: string, field: Field]

/** The body of `(r) => (w, value)`, with `r` the functions of `wire.ts` and `w` a `Writer`. */
export function encoderSource(message: Message, version: number): string {
  const source = new EncoderSource(message, version)
  source.struct(message.fields, 'value', message.name)
  return `'use strict'
return function encode${message.name}V${version}(w, value) {
let b = w.buffer, d = w.view, o = w.at, cap = b.length
${source.lines.join('\n')}
w.at = o
}`
}

class EncoderSource {
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

  struct(fields: Fields, value: string, path: string) {
    const { inline, tagged } = splitFields(fields, this.#version, this.#flexible)
    let run = 0
    for (const [index, entry] of inline.entries()) {
      const size = fixedSize(entry[1])
      if (size === undefined) {
        run = 0
      } else if (run === 0) {
        run = this.#roomForRun(inline.slice(index))
      }
      this.#field(entry[1], this.#read(entry, value), `${path}.${entry[0]}`, size !== undefined)
    }
    if (this.#flexible) {
      this.#tagged(tagged, value, path)
    }
  }

  #roomForRun(entries: readonly Entry[]): number {
    let total = 0
    for (const [, field] of entries) {
      const size = fixedSize(field)
      if (size === undefined) {
        break
      }
      total += size
    }
    this.#room(String(total))
    return total
  }

  /** Emits the reading of a property, its default in place of undefined; returns the variable. */
  #read([name, field]: Entry, value: string): string {
    const variable = this.#name()
    this.#emit(`let ${variable} = ${value}.${name}`)
    if (field.default !== undefined || field.versions !== undefined) {
      this.#emit(`if (${variable} === undefined) ${variable} = ${defaultSource(field)}`)
    }
    return variable
  }

  #field(field: Field, value: string, path: string, hasRoom = false) {
    const size = fixedSize(field)
    if (size === undefined) {
      this.#variable(field, value, path)
      return
    }
    if (!hasRoom) {
      this.#room(String(size))
    }
    this.#fixed(field, value)
  }

  #fixed(field: Field, value: string) {
    switch (field.kind) {
      case 'bool':
        this.#emit(`b[o++] = ${value} ? 1 : 0`)
        break
      case 'int8':
        this.#emit(`b[o++] = ${value}`)
        break
      case 'int16':
        this.#emit(`d.setInt16(o, ${value}); o += 2`)
        break
      case 'int32':
        this.#emit(`${writeInt32(value, 'o')}; o += 4`)
        break
      case 'float64':
        this.#emit(`d.setFloat64(o, ${value}); o += 8`)
        break
      case 'uuid':
        this.#emit(`r.writeUuid(b, ${value}, o); o += 16`)
        break
      case 'int64':
        this.#int64(field, value)
        break
      default:
        throw new Error(`${field.kind} has no fixed size`)
    }
  }

  #int64(field: Field, value: string) {
    const high = this.#name()
    this.#emit(`let ${high} = Math.floor(${value} / 4294967296)`)
    if (field.unbounded) {
      this.#emit(`if (${value} === Infinity) { ${high} = 0x7fffffff; ${value} = -1 }`)
    }
    this.#emit(writeInt32(high, 'o'))
    this.#emit(`${writeInt32(value, 'o + 4')}; o += 8`)
  }

  #variable(field: Field, value: string, path: string) {
    const nullable = field.nullable !== undefined && includes(field.nullable, this.#version)
    if (field.kind === 'struct' && !nullable) {
      this.struct(field.fields ?? {}, value, path)
      return
    }
    this.#emit(`if (${value} === null) {`)
    if (nullable) {
      this.#null(field)
    } else {
      this.#emit(`r.unencodable('${this.#title}: ${path}: null is not allowed')`)
    }
    this.#emit('} else {')
    this.#present(field, value, path)
    this.#emit('}')
  }

  #null(field: Field) {
    const size = field.kind === 'struct' || this.#flexible ? 1 : field.kind === 'string' ? 2 : 4
    const byte = field.kind !== 'struct' && this.#flexible ? 0 : 255
    this.#room(String(size))
    this.#emit(`${`b[o++] = ${byte}; `.repeat(size)}`)
  }

  #present(field: Field, value: string, path: string) {
    switch (field.kind) {
      case 'struct':
        this.#room('1')
        this.#emit('b[o++] = 1')
        this.struct(field.fields ?? {}, value, path)
        break
      case 'string':
        this.#room(`5 + 3 * ${value}.length`)
        this.#emit(`o = r.${this.#flexible ? 'writeCompactString' : 'writeString'}(b, ${value}, o)`)
        break
      case 'bytes':
        this.#length(`${value}.length`, ` + ${value}.length`)
        this.#emit(`b.set(${value}, o); o += ${value}.length`)
        break
      case 'records':
        this.#records(value)
        break
      case 'array':
        this.#array(field, value, path)
        break
      default:
        throw new Error(`${field.kind} has a fixed size`)
    }
  }

  /** Ends the present segment; the record buffers are the next ones. */
  #records(value: string) {
    const [size, buffer] = [this.#name(), this.#name()]
    this.#emit(`const ${size} = r.bytesOf(${value})`)
    this.#length(size, '')
    this.#emit(`if (${size} > 0) {
w.closeSegment(o)
for (const ${buffer} of ${value}) if (${buffer}.length > 0) w.segments.push(${buffer})
}`)
  }

  #array(field: Field, value: string, path: string) {
    const element = field.element
    if (element === undefined) {
      throw new Error(`${path} is an array of nothing`)
    }
    const [index, item] = [this.#name(), this.#name()]
    this.#length(`${value}.length`, '')
    this.#emit(`for (let ${index} = 0; ${index} < ${value}.length; ${index}++) {`)
    this.#emit(`let ${item} = ${value}[${index}]`)
    this.#field(element, item, path)
    this.#emit('}')
  }

  /** Emits a length prefix, with room for it and for what `more` says. */
  #length(length: string, more: string) {
    this.#room(`5${more}`)
    if (this.#flexible) {
      const name = this.#name()
      this.#emit(`const ${name} = ${length} + 1`)
      this.#emit(`if (${name} < 128) b[o++] = ${name}; else o = r.writeUvarint(b, ${name}, o)`)
    } else {
      const name = this.#name()
      this.#emit(`const ${name} = ${length}`)
      this.#emit(`${writeInt32(name, 'o')}; o += 4`)
    }
  }

  #tagged(entries: readonly Entry[], value: string, path: string) {
    this.#room('5')
    if (entries.length === 0) {
      this.#emit('b[o++] = 0')
      return
    }
    const count = this.#name()
    const tags = entries.map((entry) => {
      const [variable, given] = [this.#name(), this.#name()]
      this.#emit(`let ${variable} = ${value}.${entry[0]}`)
      this.#emit(`const ${given} = ${variable} !== undefined && ${differs(entry[1], variable)}`)
      return { entry, variable, given }
    })
    this.#emit(`const ${count} = ${tags.map((tag) => tag.given).join(' + ')}`)
    this.#emit(`b[o++] = ${count}`)
    for (const { entry, variable, given } of tags) {
      const sizeAt = this.#name()
      this.#emit(`if (${given}) {`)
      this.#room('8')
      this.#emit(`b[o++] = ${entry[1].tag}; const ${sizeAt} = o++`)
      this.#field(entry[1], variable, `${path}.${entry[0]}`)
      this.#room('4')
      this.#emit(`o = r.closeTaggedField(b, ${sizeAt}, o)`)
      this.#emit('}')
    }
  }

  #room(size: string) {
    this.#emit(`if (o + ${size} > cap) { b = w.grow(o, ${size}); d = w.view; cap = b.length }`)
  }

  #emit(line: string) {
    this.lines.push(line)
  }

  #name(): string {
    return `v${this.#names++}`
  }
}

/** An expression that tells whether a tagged field must be written: it is not its default. */
function differs(field: Field, value: string): string {
  switch (field.kind) {
    case 'struct': {
      const inner = Object.entries(field.fields ?? {}).map(([name, f]) => {
        const property = `${value}.${name}`
        return `${property} !== undefined && ${differs(f, property)}`
      })
      return `(${inner.join(' || ')})`
    }
    case 'array':
    case 'bytes':
    case 'records':
      return field.default === null ? `${value} !== null` : `(${value}.length !== 0)`
    default:
      return `(${value} !== ${defaultSource(field)})`
  }
}

function writeInt32(value: string, offset: string): string {
  return `d.setInt32(${offset}, ${value})`
}
