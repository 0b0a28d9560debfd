import { describe, expect, it } from 'vitest'
import { allowedHosts, isAllowedHost } from './hosts.ts'

describe('the host check', () => {
  const allowed = allowedHosts([null, '192.0.2.7', 'Console.Example.com', '2001:db8::1'])

  it.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST:1',
    '127.0.0.1:3000',
    '[::1]:3000',
    '[::1]',
    '192.0.2.7:80',
    'console.example.com:3000',
    '[2001:db8::1]:3000',
  ])('lets %s in', (header) => {
    expect(isAllowedHost(header, allowed)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    'evil.example:localhost',
    'localhost:3000:80',
    'localhost@evil.example',
    'localhost, evil.example',
    'localhost.',
    '::1',
    '127.0.0.2',
    'null',
  ])('turns %s away', (header) => {
    expect(isAllowedHost(header, allowed)).toBe(false)
  })

  it('knows no further names unless they are configured', () => {
    expect(isAllowedHost('192.0.2.7', allowedHosts([null, null]))).toBe(false)
  })
})
