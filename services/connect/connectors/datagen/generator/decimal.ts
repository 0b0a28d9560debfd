// Exact decimal numbers: an unscaled integer and how many of its digits stand behind the point.

export interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

/** The number as JSON writes it, exactly; one with an exponent as the double that it is. */
export function readDecimal(text: string): Decimal {
  const plain = /[eE]/.test(text) ? withoutExponent(Number(text)) : text
  const [whole = '0', fraction = ''] = plain.split('.')
  return { unscaled: BigInt(whole + fraction), scale: fraction.length }
}

/** The unscaled value for another scale; what does not fit is rounded up. */
export function rescaleUp({ unscaled, scale }: Decimal, to: number): bigint {
  if (to >= scale) return unscaled * 10n ** BigInt(to - scale)
  const divisor = 10n ** BigInt(scale - to)
  const quotient = unscaled / divisor
  return unscaled > 0n && unscaled % divisor !== 0n ? quotient + 1n : quotient
}

/** All digits, never an exponent: 1234 with scale 2 is 12.34. */
export function decimalText({ unscaled, scale }: Decimal): string {
  if (scale === 0) return String(unscaled)
  const sign = unscaled < 0n ? '-' : ''
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Two's complement, big-endian, in as few bytes as Java's BigInteger uses. */
export function decimalBytes(unscaled: bigint): Uint8Array {
  let length = 1
  while (BigInt.asIntN(length * 8, unscaled) !== unscaled) length++
  const digits = BigInt.asUintN(length * 8, unscaled).toString(16)
  return Buffer.from(digits.padStart(length * 2, '0'), 'hex')
}

/** The unscaled value of bytes in two's complement; of none it is 0. */
export function unscaledOf(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
}

function withoutExponent(value: number): string {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e')
  const sign = digits.startsWith('-') ? '-' : ''
  const significant = digits.replace(/[-.]/g, '')
  const point = Number(exponent) + 1
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${significant}`
  const padded = significant.padEnd(point, '0')
  const fraction = padded.slice(point)
  return `${sign}${padded.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`
}
