import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type ChildOptions, type SupervisedChild, superviseChild } from './child.ts'

const ready = z.object({ type: z.literal('ready'), port: z.number() })
type Ready = z.infer<typeof ready>

let folder: string
let running: SupervisedChild<Ready> | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-child-'))
})
afterEach(async () => {
  await running?.stop(2000)
  running = undefined
  rmSync(folder, { recursive: true })
})

/** Supervises a program given as source; each of its lives first adds a line to the diary. */
async function supervise(source: string, onLost: ChildOptions<Ready>['onLost'] = () => {}) {
  const script = join(folder, 'child.mjs')
  writeFileSync(
    script,
    `import { appendFileSync, readFileSync } from 'node:fs'
     const diary = ${JSON.stringify(join(folder, 'diary'))}
     appendFileSync(diary, JSON.stringify({ pid: process.pid, port: process.env.PORT }) + '\\n')
     const life = readFileSync(diary, 'utf8').trim().split('\\n').length
     ${source}`,
  )
  const outcome = await superviseChild({
    name: 'child',
    script,
    ready,
    environment: (before) => ({ ...process.env, PORT: String(before?.port ?? 0) }),
    onLost,
    backOffMs: () => 0,
  })
  if (outcome.ok) running = outcome.value
  return outcome
}

function lives(): { pid: number; port: string }[] {
  const lines = readFileSync(join(folder, 'diary'), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const serve = "process.send({ type: 'ready', port: 4711 }); setInterval(() => {}, 1000);"

describe('a supervised child', () => {
  it('is started again with its old port when it is killed', async () => {
    const outcome = await supervise(serve)
    expect(outcome).toMatchObject({ ok: true, value: { ready: { port: 4711 } } })
    const [first] = lives()
    process.kill(first?.pid ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(lives()).toHaveLength(2), 5000)
    expect(lives().map((life) => life.port)).toEqual(['0', '4711'])
  })

  it('is believed at once when it says why it cannot start', async () => {
    const outcome = await supervise(
      "process.send({ type: 'failed', reason: 'Port 9 is in use.' }, () => process.exit(1))",
    )
    expect(outcome).toEqual({ ok: false, reason: 'Port 9 is in use.' })
    expect(lives()).toHaveLength(1)
  })

  it('is given up after three deaths before it was ready', async () => {
    const outcome = await supervise('process.exit(7)')
    expect(outcome).toEqual({
      ok: false,
      reason: 'The child ended before it was ready (exit code 7).',
    })
    expect(lives()).toHaveLength(3)
  })

  it('may die twice and still become ready', async () => {
    const outcome = await supervise(`if (life < 3) process.exit(7); ${serve}`)
    expect(outcome.ok).toBe(true)
    expect(lives()).toHaveLength(3)
  })

  it('ends the program when it cannot be brought back', async () => {
    const lost = await new Promise<string>((resolve) => {
      void supervise(`if (life > 1) process.exit(7); ${serve}`, resolve).then(() =>
        process.kill(lives()[0]?.pid ?? 0, 'SIGKILL'),
      )
    })
    expect(lost).toBe('The child ended before it was ready (exit code 7).')
    expect(lives()).toHaveLength(4)
  })

  it('is not started again once it was stopped', async () => {
    await supervise(serve)
    await Promise.all([running?.stop(2000), running?.stop(2000)])
    expect(lives().filter(({ pid }) => isAlive(pid))).toEqual([])
    expect(lives()).toHaveLength(1)
  })

  it('is killed when it does not end by itself', async () => {
    await supervise(`process.on('SIGTERM', () => {}); ${serve}`)
    await running?.stop(50)
    expect(lives().filter(({ pid }) => isAlive(pid))).toEqual([])
  })
})
