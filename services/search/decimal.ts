/**
 * A decimal number in one spelling per value, for comparing without rounding: `18`, `18.0` and
 * `1.8e1` are all `18e0`, and 9007199254740993 is not 9007199254740992. Null for what is no JSON
 * number.
 */
export function canonicalDecimal(text: string): string | null {
  const match = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0e0'
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length)
  return `${sign}${significant}e${scale}`
}

/** As it is written without an exponent; null where that would take many zeros. */
export function plainDecimal(canonical: string): string | null {
  const [mantissa = '', exponent = '0'] = canonical.split('e')
  const scale = Number(exponent)
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.slice(sign.length)
  if (Math.abs(scale) > 60) return null
  if (scale >= 0) return sign + digits + '0'.repeat(scale)
  const padded = digits.padStart(1 - scale, '0')
  return `${sign}${padded.slice(0, scale)}.${padded.slice(scale)}`
}
