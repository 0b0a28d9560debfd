/** Avro's names: what records, fields, enums, their symbols and fixeds may be called. */
const nameRule = 'names are letters, digits and _, and do not begin with a digit'

/** What avsc says, and how we say it: with what to change. */
const sentences: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/^unknown type: (.*)$/, 'there is no type $1.'],
  [/^invalid type: null/, 'null is no type: write "null".'],
  [/^missing name property/, 'a record, enum or fixed needs a "name".'],
  [
    /^duplicate type name: (.*)$/,
    'the type $1 is defined twice: write only its name the second time.',
  ],
  [/^invalid name: (.*)$/, `$1 is no name: ${nameRule}.`],
  [/^cannot rename primitive type: (.*)$/, '$1 is a type of Avro: choose another name.'],
  [/^empty union/, 'a union needs at least one branch.'],
  [/^unions cannot be directly nested/, 'a union cannot directly contain a union.'],
  [/^duplicate union branch name: (.*)$/, 'the union contains $1 twice.'],
  [/^invalid enum symbols/, 'an enum needs "symbols", a list of at least one name.'],
  [/^invalid .* symbol: (.*)$/, `the symbol $1 is no name: ${nameRule}.`],
  [/^duplicate .* symbol: (.*)$/, 'the enum has the symbol $1 twice.'],
  [/^invalid .* default: (.*)$/, 'the default $1 is none of the symbols.'],
  [/^invalid .* size$/, 'a fixed needs a "size", an integer that is not negative.'],
  [/^missing map values/, 'a map needs "values", the type of its values.'],
  [/^missing array items/, 'an array needs "items", the type of its items.'],
  [/^non-array record fields/, 'a record needs "fields", a list.'],
  [/^invalid order: (.*)$/, 'the order is ascending, descending or ignore, and not $1.'],
  [
    /^incompatible field default .*, union defaults must match/,
    'the default is no value of the first branch of its union.',
  ],
  [/^incompatible field default/, 'the default is no value of the type of its field.'],
]

/** What people write for a type that Avro has under another name. */
const logicalTypes: Readonly<Record<string, string>> = {
  date: 'int',
  'time-millis': 'int',
  'timestamp-millis': 'long',
  'timestamp-micros': 'long',
  decimal: 'bytes',
  uuid: 'string',
}
const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']

const detailLengthMax = 200

/** The sentence for a type that does not exist, as it is written. */
export function unknownTypeSentence(name: string): string {
  const primitive = primitives.find((each) => each === name.toLowerCase())
  if (primitive !== undefined) return `there is no type "${name}": write "${primitive}".`
  const carrier = Object.hasOwn(logicalTypes, name) ? logicalTypes[name] : undefined
  if (carrier !== undefined) {
    return `there is no type "${name}": write {"type": "${carrier}", "logicalType": "${name}"}.`
  }
  return `there is no type "${shortened(name)}": Avro has ${primitives.slice(0, -1).join(', ')} and ${primitives.at(-1)}, and a named type must be defined before it is used.`
}

/** The sentence for what avsc says of a schema. */
export function avroSentence(message: string): string {
  for (const [pattern, sentence] of sentences) {
    const found = pattern.exec(message)
    if (found !== null) return sentence.replace('$1', () => shortened(found[1] ?? ''))
  }
  return `this is no Avro schema (${shortened(message)}).`
}

/** The sentence for a name that Avro does not allow. */
export function fieldNameSentence(name: string): string {
  return `${JSON.stringify(shortened(name))} is no name of a field: ${nameRule}.`
}

function shortened(text: string): string {
  return text.length > detailLengthMax ? `${text.slice(0, detailLengthMax)}…` : text
}
