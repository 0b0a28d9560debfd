/**
 * Making ids, API keys and secrets that look like Confluent's and can be told from other strings by
 * the same patterns (secret scanners know them). Randomness is the platform's `crypto`, which the
 * browser and Node share.
 */

/** Confluent's ids use the digits and these letters only, so that no word appears by accident. */
export const idAlphabet = '0123456789degjklmnopqrvwxyz'

/** RFC 4648 base32. */
const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an id stands for is told by its prefix. */
export type IdPrefix = 'lkc' | 'env' | 'u' | 'sa' | 'lcc'

/** Such as `lkc-ymq1wk`. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}-${randomText(idAlphabet, 6)}`
}

/** 16 characters of base32. */
export function newApiKey(): string {
  return randomText(keyAlphabet, 16)
}

/** `cflt` and 60 characters of base64, 360 random bits; the form since July 2025. */
export function newApiSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(45))
  return `cflt${btoa(String.fromCharCode(...bytes))}`
}

/**
 * The id of a cluster that a preset declares: always the same for the same names, so that a broker
 * started with or without the console means the same tenant.
 */
export function presetClusterId(environment: string, cluster: string): string {
  // The separator cannot be part of a name, so that ("a", "b c") and ("a b", "c") differ.
  let rest = fnv1a64(`${environment}\0${cluster}`)
  let text = ''
  for (let i = 0; i < 6; i++) {
    text += idAlphabet.charAt(Number(rest % BigInt(idAlphabet.length)))
    rest /= BigInt(idAlphabet.length)
  }
  return `lkc-${text}`
}

/** Characters drawn evenly: bytes beyond the last whole multiple of the alphabet are drawn again. */
function randomText(alphabet: string, length: number): string {
  const usable = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < usable && text.length < length) text += alphabet.charAt(byte % alphabet.length)
    }
  }
  return text
}

/** FNV-1a over UTF-8: spreads names evenly, and needs no library in the browser. Not for secrets. */
function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash
}
