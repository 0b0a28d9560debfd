/**
 * Which part of a topic the messages page shows, as its address says it: where reading starts, which
 * partitions, how many messages, what is searched for and which columns stand beside the value.
 */
export type Jump =
  /** The newest, followed as more arrive. */
  | { readonly kind: 'latest' }
  /** Only what arrives after the page was opened. */
  | { readonly kind: 'now' }
  | { readonly kind: 'beginning' }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'time'; readonly timestampMs: number }

export interface MessageView {
  readonly jump: Jump
  /** Null for all of them. */
  readonly partitions: readonly number[] | null
  readonly max: number
}

export const maxChoices = [50, 100, 500, 1000] as const
export const defaultView: MessageView = { jump: { kind: 'latest' }, partitions: null, max: 50 }

/** What of an address names the view; absent parts are the defaults. */
export interface ViewQuery {
  readonly jump?: string | undefined
  readonly partitions?: string | undefined
  readonly max?: string | undefined
}

/** Anything that cannot be read is taken as the default: an address is typed by hand, too. */
export function parseView(read: (name: keyof ViewQuery) => string | null | undefined): MessageView {
  const max = Number(read('max') ?? '')
  return {
    jump: parseJump(read('jump') ?? ''),
    partitions: parsePartitions(read('partitions') ?? ''),
    max: Number.isInteger(max) && max >= 1 && max <= 1000 ? max : defaultView.max,
  }
}

export function viewQuery({ jump, partitions, max }: MessageView): ViewQuery {
  return {
    jump: formatJump(jump),
    partitions: partitions === null ? undefined : partitions.join(','),
    max: max === defaultView.max ? undefined : String(max),
  }
}

/** Equal texts are equal views. */
export function viewKey(view: MessageView): string {
  return JSON.stringify(viewQuery(view))
}

/** True where rows are the newest, newest first, and more go on top. */
export function isFollowed({ jump }: MessageView): boolean {
  return jump.kind === 'latest' || jump.kind === 'now'
}

function parseJump(text: string): Jump {
  if (text === 'now' || text === 'beginning') return { kind: text }
  const [, kind, digits = ''] = /^(offset|time):(\d{1,16})$/.exec(text) ?? []
  const number = Number(digits)
  if (!Number.isSafeInteger(number)) return defaultView.jump
  if (kind === 'offset') return { kind, offset: number }
  return kind === 'time' ? { kind, timestampMs: number } : defaultView.jump
}

function formatJump(jump: Jump): string | undefined {
  if (jump.kind === 'latest') return undefined
  if (jump.kind === 'offset') return `offset:${jump.offset}`
  return jump.kind === 'time' ? `time:${jump.timestampMs}` : jump.kind
}

export function parsePartitions(text: string): readonly number[] | null {
  if (!/^\d{1,7}(,\d{1,7})*$/.test(text)) return null
  return [...new Set(text.split(',').map(Number))].sort((a, b) => a - b)
}
