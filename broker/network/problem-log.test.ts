import { expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { brokerLimit } from '../rules/limits.ts'
import { createProblemLog } from './problem-log.ts'

function open() {
  const lines: string[] = []
  const clock = createFakeClock()
  const log = createProblemLog((line) => lines.push(line), clock)
  let id = 0
  const from = (host: string) => ({ host, text: `connection ${++id} from ${host}` })
  return { lines, clock, log, from }
}

const wrongSecret = { code: 'WRONG_SECRET', detail: 'KEY234567ABCDEFG' } as const

it('says a problem at once, with what to do, and then once a minute how often it came again', () => {
  const { lines, clock, log, from } = open()
  for (let time = 0; time < 100; time++) log.add(wrongSecret, from('10.0.0.7'))
  expect(lines).toEqual([
    'connection 1 from 10.0.0.7 gave the API key KEY234567ABCDEFG with a wrong secret: compare both with the file that was downloaded when the key was made',
  ])
  clock.advance(60_000)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(
    /^99 more connections from 10\.0\.0\.7 in the last 60 s had this problem; the last: connection 100 from/,
  )
})

it('forgets who has been quiet for a minute, and begins anew', () => {
  const { lines, clock, log, from } = open()
  log.add(wrongSecret, from('10.0.0.7'))
  clock.advance(60_000)
  expect(lines).toHaveLength(1)
  log.add(wrongSecret, from('10.0.0.7'))
  expect(lines).toHaveLength(2)
})

it('tells peers and problems apart', () => {
  const { lines, log, from } = open()
  for (const host of ['10.0.0.7', '10.0.0.8']) {
    log.add(wrongSecret, from(host))
    log.add({ code: 'UNKNOWN_KEY' }, from(host))
  }
  expect(lines).toHaveLength(4)
})

it('counts together what comes from more addresses than are remembered', () => {
  const { lines, clock, log, from } = open()
  const hosts = brokerLimit('rememberedProblems') + 50
  for (let host = 0; host < hosts; host++) log.add({ code: 'UNKNOWN_KEY' }, from(`host-${host}`))
  // The first of a kind only: a flood must not fill the disk.
  expect(lines).toHaveLength(20)
  clock.advance(60_000)
  expect(
    lines.filter((line) => /^49 more connections from many addresses/.test(line)),
  ).toHaveLength(1)
})

it('says nothing more once it is closed', () => {
  const { lines, clock, log, from } = open()
  log.add(wrongSecret, from('10.0.0.7'))
  log.add(wrongSecret, from('10.0.0.7'))
  log.close()
  clock.advance(60_000)
  expect(lines).toHaveLength(1)
})
