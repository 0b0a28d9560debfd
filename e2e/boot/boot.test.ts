import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Product,
  type ProductOptions,
  spawnProduct,
  startProduct,
} from '../support/product.ts'
import { childrenOf, failingStart, isAlive } from './processes.ts'

let dataDir: string
let running: Product | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-boot-'))
})
afterEach(async () => {
  await running?.kill()
  running = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(options: ProductOptions = {}): Promise<Product> {
  running = await startProduct({ dataDir, ...options })
  return running
}

describe('a start', () => {
  it('answers everywhere it says, and leaves nothing behind when it is stopped', async () => {
    const product = await start()
    expect((await fetch(`${product.consoleUrl}/api/health`)).status).toBe(200)
    expect(statSync(join(dataDir, 'runtime.json')).mode & 0o777).toBe(0o600)
    const children = await childrenOf(product.boot.pid ?? 0)
    expect(children).toHaveLength(2)

    expect(await product.stop()).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
    expect(existsSync(join(dataDir, 'runtime.json'))).toBe(false)
    expect(existsSync(join(dataDir, 'broker.pid'))).toBe(false)
  })

  it('says so where other machines can reach it', async () => {
    const { process: boot } = spawnProduct({
      dataDir,
      env: { HOST: '0.0.0.0', ALLOW_PLAINTEXT: '1' },
    })
    if (boot.stdout === null) throw new Error('It was spawned without pipes.')
    let line = ''
    for await (const bytes of boot.stdout) {
      line += bytes
      if (line.includes('is ready')) break
    }
    boot.kill('SIGTERM')
    await once(boot, 'exit')
    expect(line).toContain(
      'other machines reach it at HOST=0.0.0.0, unencrypted; sign-up is closed',
    )
  })
})

describe('a start that cannot be', () => {
  /** Holds a port as some other program would. */
  async function holdPort(): Promise<{ port: number; release: () => void }> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has an address that is no string (those are of pipes).
    const { port } = server.address() as AddressInfo
    return { port, release: () => server.close() }
  }

  it.each(['PORT', 'KAFKA_PORT'])('for a port in use names it and %s', async (variable) => {
    const { port, release } = await holdPort()
    const { code, said } = await failingStart({ dataDir, env: { [variable]: String(port) } })
    release()
    expect(code).toBe(1)
    expect(said).toMatch(new RegExp(`^Port ${port} .*is already in use`))
    expect(said).toContain(`set ${variable} to`)
    expect(said.split('\n')).toHaveLength(1)
  })

  it.each([
    [{ PORT: 'http' }, 'PORT=http'],
    [{ BROKERS: '5' }, 'BROKERS=5'],
    [{ HOST: '0.0.0.0' }, 'ALLOW_PLAINTEXT=1'],
    [{ SECURITY_PROTOCOLS: 'PLAINTEXT' }, 'SECURITY_PROTOCOLS=PLAINTEXT'],
    [{ TLS_NAMES: 'kafka.lan:9092' }, 'TLS_NAMES=kafka.lan:9092'],
    [{ TRIBUTARY_PRESET: '/nowhere/preset.json' }, 'TRIBUTARY_PRESET'],
  ])('for %j says so in a sentence', async (env, sentence) => {
    const { code, said } = await failingStart({ dataDir, env })
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said.split('\n')).toHaveLength(1)
  })

  it('for an old Node names both versions', async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '18.20.8' })"
    const old = spawn(process.execPath, ['-e', `${pretend}; import('./start.mjs')`])
    const [said] = await Promise.all([text(old.stderr), once(old, 'close')])
    expect(old.exitCode).toBe(1)
    expect(said).toMatch(/^Tributary needs Node 20\.19 or newer, and this is Node 18\.20\.8 .*\n$/)
  })
})

describe('when boot is killed', () => {
  it('its children end, and nothing of it keeps the folder from being used again', async () => {
    const product = await start()
    const children = await childrenOf(product.boot.pid ?? 0)
    product.boot.kill('SIGKILL')
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 60_000 })
    const again = await start()
    expect((await fetch(`${again.consoleUrl}/api/health`)).status).toBe(200)
  })
})
