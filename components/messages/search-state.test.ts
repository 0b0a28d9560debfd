import { expect, test } from 'vitest'
import { nextSearch, noSearch, type SearchEvent, type SearchState } from './search-state.ts'

const row = (offset: number) => ({
  partition: 0,
  offset,
  timestampMs: 0,
  timestampType: 'CreateTime' as const,
  key: null,
  value: null,
  headers: [],
})
const counted = (scanned: number, matched: number, positions: string) => ({
  scanned,
  total: 1000,
  matched,
  undecodable: 1,
  elapsedMs: 10,
  positions,
})
const told = (state: SearchState, ...events: SearchEvent[]) =>
  nextSearch(state, { type: 'told', events })

test('a search that is continued adds to what was counted and found', () => {
  let state = nextSearch(noSearch, { type: 'started', isContinued: false })
  state = told(
    state,
    { type: 'matches', rows: [row(3)] },
    { type: 'progress', ...counted(400, 1, '0:400') },
  )
  state = nextSearch(state, { type: 'stopped' })
  expect(state).toMatchObject({ phase: 'stopped', positions: '0:400', scanned: 400 })
  state = nextSearch(state, { type: 'started', isContinued: true })
  state = told(
    state,
    { type: 'matches', rows: [row(700)] },
    { type: 'done', reason: 'end', ...counted(600, 1, '0:1000'), total: 600 },
  )
  expect(state).toMatchObject({ phase: 'end', scanned: 1000, total: 1000, matched: 2 })
  expect(state).toMatchObject({ undecodable: 2, elapsedMs: 20 })
  expect(state.rows.map(({ offset }) => offset)).toEqual([3, 700])
})

test('a problem keeps what was found and where to go on', () => {
  let state = nextSearch(noSearch, { type: 'started', isContinued: false })
  state = told(
    state,
    { type: 'matches', rows: [row(3)] },
    { type: 'progress', ...counted(400, 1, '0:400') },
    { type: 'problem', code: 'BROKER_UNREACHABLE', message: 'The broker does not answer.' },
  )
  expect(state).toMatchObject({ phase: 'failed', positions: '0:400' })
  expect(state.message).toBe('The broker does not answer.')
  expect(state.rows).toHaveLength(1)
})

test('an answer that breaks off is told apart from one that is done', () => {
  const running = nextSearch(noSearch, { type: 'started', isContinued: false })
  expect(nextSearch(running, { type: 'ended' }).phase).toBe('failed')
  const done = told(running, { type: 'done', reason: 'limit', ...counted(1, 1, '0:1') })
  expect(nextSearch(done, { type: 'ended' }).phase).toBe('limit')
})
