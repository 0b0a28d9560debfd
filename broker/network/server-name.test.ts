import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { connect } from 'node:tls'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverNameIn } from './server-name.ts'

let port = 0
const server = createServer()
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => server.close())

/** The first bytes of a real client. */
async function helloFor(servername: string): Promise<Buffer> {
  const client = connect({ host: '127.0.0.1', port, servername })
  client.on('error', () => {})
  const [socket]: Socket[] = await once(server, 'connection')
  if (socket === undefined) throw new Error('A connection event has a socket.')
  const [first]: Buffer[] = await once(socket, 'data')
  client.destroy()
  socket.destroy()
  return first ?? Buffer.alloc(0)
}

it('reads the name that a client asks for, in small letters', async () => {
  expect(serverNameIn(await helloFor('Kafka.Example.com'))).toBe('kafka.example.com')
})

it('is null where a client asks for none', async () => {
  expect(serverNameIn(await helloFor(''))).toBeNull()
})

it('is null for every beginning of a message, and throws for none', async () => {
  const hello = await helloFor('kafka.example.com')
  const name = hello.indexOf('kafka.example.com') + 'kafka.example.com'.length
  for (let size = 0; size < name; size++) expect(serverNameIn(hello.subarray(0, size))).toBeNull()
})

it('takes any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const name = serverNameIn(Buffer.from(bytes))
      expect(name === null || name.length > 0).toBe(true)
    }),
  )
})
