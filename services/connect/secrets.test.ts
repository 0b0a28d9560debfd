import { expect, it } from 'vitest'
import { createSecretBox } from './secrets.ts'

const key = Buffer.alloc(32, 7)
const secrets = { 'kafka.api.key': 'KEY', 'kafka.api.secret': 'a secret “with” more than ASCII' }

it('opens what it sealed, for the same connector and under the same key alone', () => {
  const sealed = createSecretBox(key).seal(secrets, 'lcc-one111')
  expect(createSecretBox(key).open(sealed, 'lcc-one111')).toEqual(secrets)
  expect(createSecretBox(key).open(sealed, 'lcc-two222')).toBeNull()
  expect(createSecretBox(Buffer.alloc(32, 8)).open(sealed, 'lcc-one111')).toBeNull()
})

it('notices a single changed byte wherever it is, and bytes that are missing', () => {
  const box = createSecretBox(key)
  const sealed = box.seal(secrets, 'lcc-one111')
  for (let i = 0; i < sealed.length; i++) {
    const damaged = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte))
    expect(box.open(damaged, 'lcc-one111')).toBeNull()
    expect(box.open(sealed.subarray(0, i), 'lcc-one111')).toBeNull()
  }
})

it('shows neither what it holds nor that two are the same', () => {
  const box = createSecretBox(key)
  const [one, two] = [box.seal(secrets, 'lcc-one111'), box.seal(secrets, 'lcc-one111')]
  expect(Buffer.from(one).includes('secret')).toBe(false)
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
})
