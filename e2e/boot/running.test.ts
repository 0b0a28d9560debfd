import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type Product, startProduct } from '../support/product.ts'
import { childrenOf, failingStart } from './processes.ts'

// One product for all of them: its start is most of what each would cost.

const preset = { users: [{ email: 'me@example.com', password: 'the first password' }] }
const brokerState = z.object({ startId: z.string(), ports: z.array(z.number()) })
let dataDir: string
let product: Product

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-running-'))
  const file = join(dataDir, 'preset.json')
  writeFileSync(file, JSON.stringify(preset))
  product = await startProduct({ dataDir, env: { TRIBUTARY_PRESET: file } })
})
afterAll(async () => {
  await product.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

it('a second start in its data folder names who holds it, and DATA_DIR', async () => {
  const { code, said } = await failingStart({ dataDir })
  expect(code).toBe(1)
  expect(said).toContain(`in use by process ${product.boot.pid}`)
  expect(said).toContain('DATA_DIR')
  expect(said.split('\n')).toHaveLength(1)
})

it('a broker that is killed comes back on its old ports', async () => {
  const before = await brokerStatus()
  expect(before.ports).toEqual(product.kafkaPorts)
  const [broker] = await childrenOf(product.boot.pid ?? 0)
  process.kill(broker ?? 0, 'SIGKILL')
  await vi.waitFor(
    async () => {
      const after = await brokerStatus()
      expect(after.startId).not.toBe(before.startId)
      expect(after.ports).toEqual(before.ports)
    },
    { timeout: 60_000 },
  )
  const socket = connect(product.kafkaPorts[0] ?? 0, '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
})

it('it takes being asked twice to stop, and npm run user waits for that', async () => {
  const early = await resetPassword('me@example.com', 'the second password')
  expect(early).toMatchObject({ code: 1 })
  expect(early.said).toContain(`in use by process ${product.boot.pid}: stop that one`)

  product.boot.kill('SIGTERM')
  product.boot.kill('SIGINT')
  const [code] = await once(product.boot, 'close')
  expect(code).toBe(0)
  expect(await resetPassword('ME@example.com', 'the second password')).toMatchObject({ code: 0 })
  expect(await resetPassword('you@example.com', 'the second password')).toMatchObject({ code: 1 })
  expect((await resetPassword('me@example.com', 'short')).said).toContain('8 to 256 characters')
})

/** The broker's status, as the console asks for it. */
async function brokerStatus() {
  return brokerState.parse(await product.control('GET', '/v1/status'))
}

async function resetPassword(email: string, password: string) {
  const child = spawn(process.execPath, ['dist/user.mjs', 'reset-password', email], {
    env: { ...process.env, DATA_DIR: dataDir },
  })
  child.stdin.end(`${password}\n`)
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code: child.exitCode, said: `${out}${err}`.trim() }
}
