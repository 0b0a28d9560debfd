import { patternOf } from '../../support/server-actions.ts'
import { readPageFiles } from './sources.ts'

// A browser that has some of a page already asks Next for the rest. It says what it has by a tree of
// segments: a name, what is below it, and a mark at the one that is wanted.

type Segment = string | readonly [name: string, value: string, kind: 'd', siblings: null]
type Mark = 'refetch' | 'metadata-only'
interface Below {
  readonly children?: Tree
}
type Tree = readonly [segment: Segment, below: Below, address?: null, mark?: Mark]

/** "I have the layouts": the header that asks for the page alone. */
export function pageAlone(path: string): Record<string, string> {
  const page: Tree = ['__PAGE__', {}, null, 'refetch']
  return header(['', { children: nested(segmentsAt(path), page) }])
}

/** "I have everything but the title." */
export function titleAlone(path: string): Record<string, string> {
  const page: Tree = ['__PAGE__', {}]
  return header(['', { children: nested(segmentsAt(path), page) }, null, 'metadata-only'])
}

function header(tree: Tree) {
  return { 'next-router-state-tree': encodeURIComponent(JSON.stringify(tree)) }
}

function nested(segments: readonly Segment[], page: Tree): Tree {
  return segments.reduceRight<Tree>((tree, segment) => [segment, { children: tree }], page)
}

/** The folders of the page that answers at an address, groups included, with their values in it. */
function segmentsAt(path: string): readonly Segment[] {
  const [pathname = ''] = path.split('?')
  const values = pathname.split('/').slice(1)
  const file = readPageFiles().find((candidate) => isAt(patternOf(candidate), values))
  if (file === undefined) throw new Error(`No page of app/ answers at ${path}`)
  const folders = file.split('/').slice(1, -1)
  return folders.map((folder) => {
    if (/^\(.*\)$/.test(folder)) return folder
    const value = values.shift() ?? ''
    const name = /^\[(\w+)\]$/.exec(folder)?.[1]
    return name === undefined ? folder : [name, value, 'd', null]
  })
}

function isAt(pattern: string, values: readonly string[]): boolean {
  const segments = pattern.split('/').slice(1)
  return (
    segments.length === values.length &&
    segments.every((segment, index) => segment.startsWith('[') || segment === values[index])
  )
}
