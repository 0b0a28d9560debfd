import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../clock.ts'
import { loopbackNames } from '../rules/tls.ts'
import { type CertificateSource, createCertificateSource } from '../tls/certificate-source.ts'
import { memoryStore } from '../tls/certificate-stores.ts'
import { lifetimes } from '../tls/lifetimes.ts'
import { createHandshakes } from './tls-handshakes.ts'

let clock: FakeClock
let source: CertificateSource
let server: Server
let secured: Socket[]

beforeEach(async () => {
  // So that it is today when the first certificate is due, since the client has a clock of its own.
  clock = createFakeClock(Date.now() - lifetimes.serverMs + lifetimes.serverRenewalMs)
  source = createCertificateSource({ store: memoryStore(), names: loopbackNames, clock, log() {} })
  const handshakes = createHandshakes(source)
  secured = []
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (first: Buffer) =>
      handshakes.begin(socket, first, {
        onSecure: (inner) => secured.push(inner.on('data', (bytes) => inner.write(bytes))),
        onFailure: () => socket.destroy(),
      }),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(() => {
  source.stop()
  for (const socket of secured) socket.destroy()
  server.close()
})

async function shakeHands(): Promise<TLSSocket> {
  const { authority: ca } = await source.current()
  const { port } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' })
  await once(socket, 'secureConnect')
  return socket
}

it('A renewed certificate is shown from the next handshake on, and open connections go on', async () => {
  const open = await shakeHands()
  const renewed = new Promise((resolve) => source.onRenewed(resolve))
  clock.advance(lifetimes.serverMs - lifetimes.serverRenewalMs)
  await renewed
  const fresh = await shakeHands()
  const [before, after] = [open, fresh].map((socket) => socket.getPeerX509Certificate())
  expect(after?.fingerprint256).not.toBe(before?.fingerprint256)
  for (const socket of [open, fresh]) {
    socket.write('still here')
    const [echo]: Buffer[] = await once(socket, 'data')
    expect(String(echo)).toBe('still here')
    socket.destroy()
  }
})
