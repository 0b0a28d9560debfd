import { hash, randomInt } from 'node:crypto'

/**
 * The last offset of each key, in typed arrays: 24 bytes a slot, however long the keys are, as in
 * Kafka's own offset map. Grows to a number of bytes, then takes no new key any more.
 *
 * Invariant: two keys never share an entry. A key of up to 15 bytes stands in its 16 bytes itself,
 * behind its length; a longer one by 127 bits of its SHA-256.
 */
export class KeyOffsets {
  readonly #slotsMax: number
  readonly #seed = randomInt(2 ** 32)
  #words: Uint32Array
  #offsets: Float64Array
  #size = 0
  readonly #key = new Uint8Array(KEY_BYTES)
  readonly #keyWords = new Uint32Array(this.#key.buffer)

  constructor(bytesMax: number) {
    const slots = Math.floor(bytesMax / SLOT_BYTES)
    this.#slotsMax = Math.max(SLOTS_MIN, 2 ** Math.floor(Math.log2(Math.max(1, slots))))
    this.#words = new Uint32Array(SLOTS_MIN * KEY_WORDS)
    this.#offsets = new Float64Array(SLOTS_MIN).fill(NONE)
  }

  /** How many keys there are. */
  get size(): number {
    return this.#size
  }

  /** Puts a later offset of a key; false where the key is new and there is no room for it. */
  put(bytes: Uint8Array, keyStart: number, keyLength: number, offset: number): boolean {
    this.#take(bytes, keyStart, keyLength)
    let slot = this.#find()
    if (this.#offsets[slot] === NONE) {
      if (this.#size >= this.#offsets.length * LOAD_MAX) {
        if (this.#offsets.length >= this.#slotsMax) return false
        this.#grow()
        slot = this.#find()
      }
      this.#words.set(this.#keyWords, slot * KEY_WORDS)
      this.#size += 1
    }
    this.#offsets[slot] = offset
    return true
  }

  /** The last offset of a key; -1 where it was never put. */
  get(bytes: Uint8Array, keyStart: number, keyLength: number): number {
    this.#take(bytes, keyStart, keyLength)
    return this.#offsets[this.#find()] ?? NONE
  }

  #take(bytes: Uint8Array, keyStart: number, keyLength: number): void {
    const key = this.#key
    if (keyLength < KEY_BYTES) {
      key.fill(0)
      key[0] = keyLength
      for (let i = 0; i < keyLength; i++) key[i + 1] = bytes[keyStart + i] ?? 0
      return
    }
    const digest = hash('sha256', bytes.subarray(keyStart, keyStart + keyLength), 'buffer')
    for (let i = 0; i < KEY_BYTES; i++) key[i] = digest[i] ?? 0
    // No length of a short key has this bit.
    key[0] = (key[0] ?? 0) | 0x80
  }

  /** The slot of the key that was taken, or the empty one where it belongs. */
  #find(): number {
    // Read one by one: taking an array apart goes through its iterator.
    const key = this.#keyWords
    const a = key[0] ?? 0
    const b = key[1] ?? 0
    const c = key[2] ?? 0
    const d = key[3] ?? 0
    const words = this.#words
    const mask = this.#offsets.length - 1
    for (let slot = mix(this.#seed, a, b, c, d) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * KEY_WORDS
      const isIt =
        words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d
      if (isIt || this.#offsets[slot] === NONE) {
        return slot
      }
    }
  }

  #grow(): void {
    const [words, offsets] = [this.#words, this.#offsets]
    this.#words = new Uint32Array(words.length * 2)
    this.#offsets = new Float64Array(offsets.length * 2).fill(NONE)
    const taken = this.#keyWords.slice()
    for (let slot = 0; slot < offsets.length; slot++) {
      const offset = offsets[slot] ?? NONE
      if (offset !== NONE) {
        this.#keyWords.set(words.subarray(slot * KEY_WORDS, (slot + 1) * KEY_WORDS))
        const moved = this.#find()
        this.#words.set(this.#keyWords, moved * KEY_WORDS)
        this.#offsets[moved] = offset
      }
    }
    this.#keyWords.set(taken)
  }
}

const NONE = -1
const KEY_BYTES = 16
const KEY_WORDS = KEY_BYTES / 4
const SLOT_BYTES = KEY_BYTES + 8
const SLOTS_MIN = 1024
/** Beyond this, looking for a key takes too many steps. */
const LOAD_MAX = 0.75

/** Spreads keys over slots. The seed keeps anybody from choosing keys that all meet in one. */
function mix(seed: number, a: number, b: number, c: number, d: number): number {
  let h = seed
  h = Math.imul(h ^ a, 0x9e3779b1)
  h = Math.imul((h ^ (h >>> 15)) + b, 0x85ebca77)
  h = Math.imul((h ^ (h >>> 13)) + c, 0xc2b2ae3d)
  h = Math.imul((h ^ (h >>> 16)) + d, 0x27d4eb2f)
  return (h ^ (h >>> 15)) >>> 0
}
