import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
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

/** A start that must fail: its exit code and everything it said. */
async function failingStart(env: Record<string, string>) {
  const { process: boot } = spawnProduct({ dataDir, env })
  if (boot.stdout === null || boot.stderr === null) throw new Error('It was spawned without pipes.')
  const [out, err] = await Promise.all([text(boot.stdout), text(boot.stderr)])
  if (boot.exitCode === null && boot.signalCode === null) await once(boot, 'close')
  return { code: boot.exitCode, said: `${out}${err}`.trim() }
}

interface Control {
  readonly token: string
  readonly broker: string
  readonly services: string
}

function control(): Control {
  return JSON.parse(readFileSync(join(dataDir, 'runtime.json'), 'utf8')).control
}

/** The broker's status, as the console asks for it. */
async function brokerStatus(): Promise<{ startId: string; ports: number[] }> {
  const { broker, token } = control()
  const answer = await fetch(`${broker}/v1/status`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return answer.json()
}

/** Process ids of the children of a process. */
function childrenOf(pid: number): Promise<number[]> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'pid=', '--ppid', String(pid)], (_error, stdout) =>
      resolve(stdout.split('\n').map(Number).filter(Boolean)),
    )
  })
}

/** A process that has ended stays in the table until its parent, or init, takes note: `Z`. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}

describe('a start', () => {
  it('answers everywhere it says, and leaves nothing behind when it is stopped', async () => {
    const product = await start()
    expect((await fetch(`${product.consoleUrl}/api/health`)).status).toBe(200)
    expect(statSync(join(dataDir, 'runtime.json')).mode & 0o777).toBe(0o600)
    expect((await brokerStatus()).ports).toEqual(product.kafkaPorts)
    const children = await childrenOf(product.boot.pid ?? 0)
    expect(children).toHaveLength(2)

    expect(await product.stop()).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
    expect(existsSync(join(dataDir, 'runtime.json'))).toBe(false)
    expect(existsSync(join(dataDir, 'broker.pid'))).toBe(false)
  })

  it('takes being asked twice to stop', async () => {
    const product = await start()
    product.boot.kill('SIGTERM')
    product.boot.kill('SIGINT')
    const [code] = await once(product.boot, 'close')
    expect(code).toBe(0)
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
    const { code, said } = await failingStart({ [variable]: String(port) })
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
    const { code, said } = await failingStart(env)
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said.split('\n')).toHaveLength(1)
  })

  it('for a data folder in use names its holder and DATA_DIR', async () => {
    const product = await start()
    const { code, said } = await failingStart({})
    expect(code).toBe(1)
    expect(said).toContain(`in use by process ${product.boot.pid}`)
    expect(said).toContain('DATA_DIR')
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

describe('when a process is killed', () => {
  it('the broker comes back on its old ports', async () => {
    const product = await start()
    const before = await brokerStatus()
    const [broker] = await childrenOf(product.boot.pid ?? 0)
    process.kill(broker ?? 0, 'SIGKILL')
    await vi.waitFor(async () => {
      const after = await brokerStatus()
      expect(after.startId).not.toBe(before.startId)
      expect(after.ports).toEqual(before.ports)
    }, 20_000)
    const socket = connect(product.kafkaPorts[0] ?? 0, '127.0.0.1')
    await once(socket, 'connect')
    socket.destroy()
  })

  it('its children end when boot is', async () => {
    const product = await start()
    const children = await childrenOf(product.boot.pid ?? 0)
    product.boot.kill('SIGKILL')
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), 10_000)
    // And nothing of it keeps the folder from being used again.
    const again = await start()
    expect((await fetch(`${again.consoleUrl}/api/health`)).status).toBe(200)
  })
})

describe('npm run user', () => {
  const preset = { users: [{ email: 'me@example.com', password: 'the first password' }] }

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

  it('waits for the product to be stopped, then sets the password', async () => {
    const file = join(dataDir, 'preset.json')
    writeFileSync(file, JSON.stringify(preset))
    const product = await start({ env: { TRIBUTARY_PRESET: file } })
    const early = await resetPassword('me@example.com', 'the second password')
    expect(early).toMatchObject({ code: 1 })
    expect(early.said).toContain(`in use by process ${product.boot.pid}: stop that one`)

    await product.stop()
    expect(await resetPassword('ME@example.com', 'the second password')).toMatchObject({ code: 0 })
    expect(await resetPassword('you@example.com', 'the second password')).toMatchObject({ code: 1 })
    expect((await resetPassword('me@example.com', 'short')).said).toContain('8 to 256 characters')
  })
})
