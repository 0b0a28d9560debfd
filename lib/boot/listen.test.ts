import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from './listen.ts'

const open: Listening[] = []
afterEach(() => {
  for (const { servers } of open.splice(0)) for (const server of servers) server.close()
})

describe('the console’s port', () => {
  it('is the same on every loopback address', async () => {
    const outcome = await listen(0, null)
    if (!outcome.ok) throw new Error(outcome.reason)
    open.push(outcome.value)
    for (const server of outcome.value.servers) {
      expect(server.address()).toMatchObject({ port: outcome.value.port })
    }
  })

  it.each(['127.0.0.1', '::1'])(
    'is named with its variable when %s has it already',
    async (host) => {
      const holder = createServer()
      await new Promise<void>((resolve) => holder.listen(0, host, resolve))
      // A listening TCP server has an address that is no string (those are of pipes).
      const { port } = holder.address() as AddressInfo
      const outcome = await listen(port, null)
      holder.close()
      expect(outcome).toMatchObject({ ok: false })
      expect(outcome.ok || outcome.reason).toContain(`Port ${port} is already in use`)
      expect(outcome.ok || outcome.reason).toContain('set PORT')
    },
  )

  it('names HOST where that is not this machine', async () => {
    const outcome = await listen(0, '192.0.2.1')
    expect(outcome.ok || outcome.reason).toContain('HOST=192.0.2.1 is no address of this machine')
  })
})
