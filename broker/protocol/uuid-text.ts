/**
 * A uuid's 16 bytes and its 22 characters of URL-safe base64.
 *
 * The ids of a cluster's topics come again in every request, so the last conversion of each slot
 * is kept: a hit costs a fifth of Buffer's own conversion, and gives the same string object, whose
 * hash maps have computed before. A slot that holds another id is overwritten.
 */

import type { FastBuffer } from './wire.ts'

const SLOTS = 1024

const readWords = new Int32Array(SLOTS * 4)
const readTexts: string[] = new Array(SLOTS).fill('A'.repeat(22))

/** The text of the 16 bytes at `at`. */
export function readUuid(b: FastBuffer, at: number): string {
  const w0 = wordAt(b, at)
  const w1 = wordAt(b, at + 4)
  const w2 = wordAt(b, at + 8)
  const w3 = wordAt(b, at + 12)
  const slot = (Math.imul(w0 ^ w1 ^ w2 ^ w3, 0x9e3779b1) >>> 22) & (SLOTS - 1)
  const i = slot * 4
  const known = readTexts[slot]
  if (
    known !== undefined &&
    readWords[i] === w0 &&
    readWords[i + 1] === w1 &&
    readWords[i + 2] === w2 &&
    readWords[i + 3] === w3
  ) {
    return known
  }
  const text = b.base64urlSlice(at, at + 16)
  readWords[i] = w0
  readWords[i + 1] = w1
  readWords[i + 2] = w2
  readWords[i + 3] = w3
  readTexts[slot] = text
  return text
}

const writtenTexts: string[] = new Array(SLOTS).fill('')
const writtenBytes = Buffer.alloc(SLOTS * 16)

/** Writes the 16 bytes of a text at `at`. */
export function writeUuid(b: FastBuffer, text: string, at: number): void {
  const slot =
    (Math.imul(text.charCodeAt(0), 31) +
      Math.imul(text.charCodeAt(5), 37) +
      Math.imul(text.charCodeAt(10), 41) +
      Math.imul(text.charCodeAt(15), 43)) &
    (SLOTS - 1)
  const from = slot * 16
  if (text.length !== 22 || writtenTexts[slot] !== text) {
    const isUuid = text.length === 22 && b.base64urlWrite(text, at, 16) === 16
    if (!isUuid) {
      throw new TypeError(`Not a uuid in 22 characters of URL-safe base64: ${text}`)
    }
    b.copy(writtenBytes, from, at, at + 16)
    writtenTexts[slot] = text
    return
  }
  for (let i = 0; i < 16; i++) {
    b[at + i] = writtenBytes[from + i] ?? 0
  }
}

function wordAt(b: Uint8Array, at: number): number {
  return (
    ((b[at] ?? 0) << 24) | ((b[at + 1] ?? 0) << 16) | ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0)
  )
}
