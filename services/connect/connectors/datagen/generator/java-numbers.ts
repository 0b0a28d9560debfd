// Floats and doubles as Java writes them, and with it Connect: 1.0 rather than 1, 1.5E10 rather
// than 15000000000. The digits are the fewest that mean this number, as in JavaScript.

/** Digits of a float that tell it from every other float, at most. */
const floatDigitsMax = 9

export function javaDouble(value: number): string {
  return javaNotation(value, value.toExponential())
}

/** A float has fewer digits than the double that holds it: 0.1, not 0.10000000149011612. */
export function javaFloat(value: number): string {
  for (let digits = 1; digits < floatDigitsMax; digits++) {
    const text = value.toExponential(digits - 1)
    if (Math.fround(Number(text)) === value) return javaNotation(value, text)
  }
  return javaNotation(value, value.toExponential(floatDigitsMax - 1))
}

/** `Double.toString`: plain from 10^-3 up to 10^7, else with an exponent. */
function javaNotation(value: number, exponential: string): string {
  if (Object.is(value, -0)) return '-0.0'
  const [mantissa = '0', exponentText = '0'] = exponential.split('e')
  const exponent = Number(exponentText)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`
  }
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const padded = digits.padEnd(exponent + 2, '0')
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1)}`
}
