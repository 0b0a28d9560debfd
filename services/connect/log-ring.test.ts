import { expect, it } from 'vitest'
import { createLogRing } from './log-ring.ts'

it('keeps the newest thousand lines, each cut at a length', () => {
  const ring = createLogRing()
  for (let i = 0; i < 2500; i++) {
    ring.add({ atMs: i, level: 'INFO', taskId: null, message: `line ${i}` })
  }
  ring.add({ atMs: 2500, level: 'ERROR', taskId: 0, message: 'x'.repeat(5000) })
  const lines = ring.lines()
  expect(lines).toHaveLength(1000)
  expect(lines[0]?.message).toBe('line 1501')
  expect(lines.at(-1)).toEqual({ atMs: 2500, level: 'ERROR', taskId: 0, message: 'x'.repeat(2000) })
})
