// A reader of OpenMetrics text (version 1.0.0) that refuses what a strict scraper would: written from
// the grammar of the specification, not from what our own side writes.

export interface OpenMetricsSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly timestampSeconds: number | null
}

/** All samples. Throws where the text is not OpenMetrics. */
export function parseOpenMetrics(text: string): readonly OpenMetricsSample[] {
  if (!text.endsWith('# EOF\n'))
    throw new Error('The text does not end with # EOF and a line feed.')
  const lines = text.slice(0, -'# EOF\n'.length).split('\n')
  if (lines.pop() !== '') throw new Error('# EOF is not on a line of its own.')
  const samples: OpenMetricsSample[] = []
  const seen = new Set<string>()
  const families: Family[] = []
  for (const line of lines) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/.exec(line) ?? []
    if (keyword !== undefined) {
      if (families.at(-1)?.name !== name) {
        if (families.some((one) => one.name === name)) {
          throw new Error(`The family ${name} comes in two parts.`)
        }
        families.push({ name, said: new Set(), samples: 0 })
      }
      addMetadata(families.at(-1), keyword, rest)
      continue
    }
    const sample = parseSample(line)
    const family = families.at(-1)
    if (family?.name !== sample.name) throw new Error(`${sample.name} has no metadata before it.`)
    family.samples += 1
    const identity = JSON.stringify([sample.name, Object.entries(sample.labels).sort()])
    if (seen.has(identity)) throw new Error(`The sample comes twice: ${line}`)
    seen.add(identity)
    samples.push(sample)
  }
  return samples
}

interface Family {
  readonly name: string
  readonly said: Set<string>
  samples: number
}

function addMetadata(family: Family | undefined, keyword: string, rest: string): void {
  if (family === undefined) throw new Error(`${keyword} is of nothing.`)
  const { name, said, samples } = family
  if (said.has(keyword)) throw new Error(`${keyword} of ${name} comes twice.`)
  if (samples > 0) throw new Error(`${keyword} of ${name} comes behind its samples.`)
  said.add(keyword)
  checkMetadata(keyword, name, rest)
}

function checkMetadata(keyword: string, name: string, rest: string): void {
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) throw new Error(`${name} is no name of a metric.`)
  if (keyword === 'TYPE' && rest !== 'gauge') throw new Error(`${name} has the type ${rest}.`)
  if (keyword === 'UNIT' && !name.endsWith(`_${rest}`)) {
    throw new Error(`The name ${name} does not end with its unit ${rest}.`)
  }
  if (keyword === 'HELP') unescaped(rest)
}

function parseSample(line: string): OpenMetricsSample {
  const head = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{)?/.exec(line)
  if (head === null) throw new Error(`This is no sample: ${line}`)
  const labels: Record<string, string> = {}
  let rest = line.slice(head[0].length)
  if (head[2] !== undefined) {
    for (;;) {
      const pair = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\.)*)"(,|\})/.exec(rest)
      const [whole = '', name = '', value = '', end] = pair ?? []
      if (pair === null || name in labels) throw new Error(`The labels are broken: ${line}`)
      labels[name] = unescaped(value)
      rest = rest.slice(whole.length)
      if (end === '}') break
    }
  }
  const numbers = /^ (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?: (\d+(?:\.\d+)?))?$/i.exec(rest)
  if (numbers === null) throw new Error(`The value or the time is broken: ${line}`)
  return {
    name: head[1] ?? '',
    labels,
    value: Number(numbers[1]),
    timestampSeconds: numbers[2] === undefined ? null : Number(numbers[2]),
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_whole, letter: string) => {
    const plain = { '\\': '\\', '"': '"', n: '\n' }[letter]
    if (plain === undefined) throw new Error(`\\${letter} escapes nothing.`)
    return plain
  })
}
