import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Answer, Question } from './http-request.ts'

/** A server action as the production build serves it. */
export interface ServerAction {
  readonly id: string
  readonly name: string
  /** The source file, seen from the repository's root. */
  readonly file: string
  /** Address patterns of the pages that carry it, e.g. `/environments/[envId]/clusters`. */
  readonly pages: readonly string[]
}

const manifestShape = z.object({
  node: z.record(
    z.string(),
    z.object({
      workers: z.record(z.string(), z.unknown()),
      filename: z.string(),
      exportedName: z.string(),
    }),
  ),
  edge: z.record(z.string(), z.unknown()),
})

/** What Next's manifest of the build lists: everything that a POST can start. */
export function readServerActions(
  manifest = '.next/server/server-reference-manifest.json',
): readonly ServerAction[] {
  const { node, edge } = manifestShape.parse(JSON.parse(readFileSync(manifest, 'utf8')))
  if (Object.keys(edge).length > 0) throw new Error('The build has actions for the edge runtime')
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => ({
    id,
    name: exportedName,
    file: filename,
    pages: Object.keys(workers).map(patternOf),
  }))
}

/** `app/(auth)/sign-up/page` → `/sign-up`: folders in brackets group files and are in no address. */
export function patternOf(file: string): string {
  const folders = file.split('/').slice(1, -1)
  return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`
}

/** The request that a page makes when it calls an action with one argument. */
export function actionQuestion(
  action: ServerAction,
  { page, argument }: { readonly page: string; readonly argument: unknown },
): Question {
  return {
    method: 'POST',
    path: page,
    headers: {
      'next-action': action.id,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
    },
    // React writes text that starts with $ as $$, because it marks its own references by it.
    body: JSON.stringify([argument], (_name, value) =>
      typeof value === 'string' && value.startsWith('$') ? `$${value}` : value,
    ),
  }
}

/** The same call as a form of a page whose scripts have not run: fields, and no special header. */
export function formQuestion(
  action: ServerAction,
  { page, argument }: { readonly page: string; readonly argument: unknown },
): Question {
  const fields = {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id: action.id, bound: '$@1' }),
    '$ACTION_1:1': JSON.stringify([argument]),
  }
  const boundary = 'tributary-form'
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    method: 'POST',
    path: page,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  }
}

/**
 * What the action resolved with. The answer is lines of `id:json`; the first one names the line of
 * the result. Undefined where there is none, as where the action threw.
 */
export function actionResult(answer: Answer): unknown {
  const lines = new Map(
    answer.text.split('\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1)] as const
    }),
  )
  const head = z.object({ a: z.string() }).safeParse(parsed(lines.get('0')))
  if (!head.success) return undefined
  return parsed(lines.get(head.data.a.replace(/^\$@/, '')))
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
