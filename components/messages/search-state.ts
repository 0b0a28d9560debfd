import type { MessageRow } from '../../lib/format/messages.ts'

/** One line of a search's answer, as `broker/rules/services-control.ts` declares it. */
export type SearchEvent =
  | ({ readonly type: 'progress' } & Progress)
  | ({ readonly type: 'done'; readonly reason: 'end' | 'limit' } & Progress)
  | { readonly type: 'matches'; readonly rows: readonly MessageRow[] }
  | { readonly type: 'undecodable'; readonly partition: number; readonly fromOffset: number }
  | { readonly type: 'problem'; readonly code: string; readonly message: string }

interface Progress {
  readonly scanned: number
  readonly total: number
  readonly matched: number
  readonly undecodable: number
  readonly elapsedMs: number
  readonly positions: string
}

export interface SearchState extends Omit<Progress, 'positions'> {
  readonly phase: 'none' | 'running' | 'stopped' | 'end' | 'limit' | 'failed'
  readonly rows: readonly MessageRow[]
  /** Where it goes on; absent where nothing has been scanned. */
  readonly positions: string | undefined
  readonly message: string | undefined
  /** What earlier parts of a continued search have counted. */
  readonly before: Omit<Progress, 'positions'>
}

type SearchStep =
  | { readonly type: 'cleared' }
  | { readonly type: 'started'; readonly isContinued: boolean }
  | { readonly type: 'told'; readonly events: readonly SearchEvent[] }
  | { readonly type: 'stopped' }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly message: string }

const nothing = { scanned: 0, total: 0, matched: 0, undecodable: 0, elapsedMs: 0 }

export const noSearch: SearchState = {
  phase: 'none',
  rows: [],
  positions: undefined,
  message: undefined,
  before: nothing,
  ...nothing,
}

export function nextSearch(state: SearchState, step: SearchStep): SearchState {
  switch (step.type) {
    case 'cleared':
      return noSearch
    case 'started':
      return step.isContinued ? continued(state) : { ...noSearch, phase: 'running' }
    case 'told':
      return step.events.reduce(hear, state)
    case 'stopped':
      return { ...state, phase: 'stopped' }
    case 'ended':
      return state.phase === 'running' ? interrupted(state, 'The search was interrupted.') : state
    case 'failed':
      return interrupted(state, step.message)
  }
}

/** What follows counts anew from where the last part ended; the page shows the sum. */
function continued(state: SearchState): SearchState {
  const { scanned, matched, undecodable, elapsedMs } = state
  const before = { scanned, matched, undecodable, elapsedMs, total: scanned }
  return { ...state, phase: 'running', message: undefined, before }
}

function hear(state: SearchState, event: SearchEvent): SearchState {
  switch (event.type) {
    case 'matches':
      return { ...state, rows: [...state.rows, ...event.rows] }
    case 'undecodable':
      return state
    case 'problem':
      return interrupted(state, event.message)
    case 'progress':
    case 'done':
      return {
        ...state,
        phase: event.type === 'done' ? event.reason : state.phase,
        positions: event.positions,
        scanned: state.before.scanned + event.scanned,
        total: state.before.total + event.total,
        matched: state.before.matched + event.matched,
        undecodable: state.before.undecodable + event.undecodable,
        elapsedMs: state.before.elapsedMs + event.elapsedMs,
      }
  }
}

function interrupted(state: SearchState, message: string): SearchState {
  return { ...state, phase: 'failed', message }
}
