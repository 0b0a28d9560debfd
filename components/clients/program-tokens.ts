/** The words of a program, so that comments, texts and keywords can be told apart at a glance. */
export interface ProgramToken {
  readonly kind: 'comment' | 'string' | 'number' | 'keyword' | 'plain'
  readonly text: string
}

export type ProgramSyntax = 'hash' | 'slashes' | 'markup'

const keywords =
  'import|from|package|public|class|static|void|new|try|catch|finally|except|while|for|in|range|do|done|if|else|is|not|None|True|False|null|true|false|const|let|var|await|async|of|func|defer|return|export|def|raise|continue|pass'

const text = `"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|\`[^\`]*\``
const number = '\\b\\d+(?:\\.\\d+)?\\b'

const patterns: Readonly<Record<ProgramSyntax, RegExp>> = {
  hash: tokens('(?:^|(?<=\\s))#.*', text),
  slashes: tokens('(?:^|(?<=\\s))//.*', text),
  // Of markup, the names of elements are enough.
  markup: /(?<comment><!--.*-->)|(?<string>"[^"]*")|(?<number>(?!))|(?<keyword><\/?[\w.]+|>)/g,
}

function tokens(comment: string, string: string): RegExp {
  return new RegExp(
    `(?<comment>${comment})|(?<string>${string})|(?<number>${number})|(?<keyword>\\b(?:${keywords})\\b)`,
    'g',
  )
}

const kinds = ['comment', 'string', 'number', 'keyword'] as const

/** By the name of its file. */
export function syntaxOf(fileName: string): ProgramSyntax {
  if (fileName.endsWith('.xml')) return 'markup'
  return /\.(java|go|mjs)$/.test(fileName) ? 'slashes' : 'hash'
}

/** Line by line; joined together, the tokens are the text again. */
export function programLines(
  program: string,
  syntax: ProgramSyntax,
): readonly (readonly ProgramToken[])[] {
  return program
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => lineTokens(line, patterns[syntax]))
}

function lineTokens(line: string, pattern: RegExp): readonly ProgramToken[] {
  const found: ProgramToken[] = []
  let end = 0
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) found.push({ kind: 'plain', text: line.slice(end, match.index) })
    const kind = kinds.find((name) => match.groups?.[name] !== undefined) ?? 'plain'
    found.push({ kind, text: match[0] })
    end = match.index + match[0].length
  }
  if (end < line.length) found.push({ kind: 'plain', text: line.slice(end) })
  return found
}
