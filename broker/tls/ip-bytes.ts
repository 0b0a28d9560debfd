import { isIP } from 'node:net'

/** An IP address as a certificate has it: 4 or 16 bytes; null for a name. */
export function ipBytes(address: string): Uint8Array | null {
  switch (isIP(address)) {
    case 4:
      return Uint8Array.from(address.split('.'), Number)
    case 6:
      return ipv6Bytes(address)
    default:
      return null
  }
}

function ipv6Bytes(address: string): Uint8Array {
  // A URL's host has one form for each address: groups of hexadecimal digits with one `::` at most.
  const { hostname } = new URL(`http://[${address}]`)
  const [before = '', after = ''] = hostname.slice(1, -1).split('::')
  const [head, tail] = [groupsOf(before), groupsOf(after)]
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0)
  return Uint8Array.from([...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 255]))
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
