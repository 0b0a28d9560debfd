import { latin1Of } from './latin1.ts'

// Sources of regular expressions over bytes that are seen as Latin-1 text.

/** Exactly this text. */
export function literal(text: string): string {
  return latin1Of(text).replace(special, '\\$&')
}

/**
 * This text with A–Z and a–z alike; other letters as they are. Not the flag `i`, which would take
 * bytes of UTF-8 for Latin-1 letters.
 */
export function anyCase(text: string): string {
  return literal(text).replace(
    /[a-z]/gi,
    (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`,
  )
}

const special = /[\\^$.*+?()[\]{}|/]/g
