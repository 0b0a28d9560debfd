import { expect, it } from 'vitest'
import { advertisedNodes, isFromThisMachine, isLoopback } from './advertised.ts'

it('tells a client the address that it dialled, and loopback by name', () => {
  const hostFor = (address: string, advertised: string | null = null) =>
    advertisedNodes(address, [9092], advertised).map(({ host }) => host)
  expect(hostFor('127.0.0.1')).toEqual(['localhost'])
  expect(hostFor('::1')).toEqual(['localhost'])
  expect(hostFor('::ffff:127.0.0.1')).toEqual(['localhost'])
  expect(hostFor('::ffff:192.0.2.7')).toEqual(['192.0.2.7'])
  expect(hostFor('2001:db8::1')).toEqual(['2001:db8::1'])
  expect(hostFor('192.0.2.7', 'kafka.example')).toEqual(['kafka.example'])
})

it('knows loopback in every form', () => {
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
    expect(isLoopback(address)).toBe(true)
  }
  for (const address of ['192.0.2.7', '::', '::ffff:10.0.0.1', undefined]) {
    expect(isLoopback(address)).toBe(false)
  }
})

it('knows a client on this machine by both ends of its socket', () => {
  const seen = (remoteAddress: string | undefined, localAddress: string) =>
    isFromThisMachine({ remoteAddress, localAddress })
  expect(seen('127.0.0.1', '127.0.0.1')).toBe(true)
  expect(seen('192.0.2.7', '192.0.2.7')).toBe(true)
  expect(seen('192.0.2.8', '192.0.2.7')).toBe(false)
  expect(seen(undefined, '192.0.2.7')).toBe(false)
})
