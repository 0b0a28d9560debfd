import { expect, test } from 'vitest'
import { attemptLimits, createSignInAttempts } from './sign-in-attempts.ts'

const maya = { email: 'maya@example.com', address: '127.0.0.1' }

function setUp() {
  let nowMs = 1_000_000
  const attempts = createSignInAttempts(() => nowMs)
  return { attempts, wait: (ms: number) => (nowMs += ms) }
}

test('an address that failed ten times for an e-mail waits out the window', () => {
  const { attempts, wait } = setUp()
  for (let i = 0; i < attemptLimits.perEmailAndAddress; i++) {
    expect(attempts.begin(maya)).toBe(true)
  }
  expect(attempts.begin(maya)).toBe(false)
  expect(attempts.begin({ ...maya, address: '10.0.0.9' })).toBe(true)
  wait(attemptLimits.windowMs)
  expect(attempts.begin(maya)).toBe(true)
})

test('a right password clears its own count', () => {
  const { attempts } = setUp()
  for (let i = 0; i < 50; i++) {
    expect(attempts.begin(maya)).toBe(true)
    attempts.succeeded(maya)
  }
})

test('many addresses together are stopped for one e-mail', () => {
  const { attempts } = setUp()
  const tried = Array.from({ length: attemptLimits.perEmail + 5 }, (_, i) =>
    attempts.begin({ email: maya.email, address: `10.0.0.${i}` }),
  )
  expect(tried.filter((allowed) => !allowed)).toHaveLength(5)
})

test('invented e-mails push out the oldest entries instead of filling the memory', () => {
  const { attempts } = setUp()
  for (let i = 0; i < attemptLimits.perEmailAndAddress; i++) attempts.begin(maya)
  for (let i = 0; i < attemptLimits.entriesMax; i++) {
    attempts.begin({ email: `${i}@example.com`, address: '10.0.0.9' })
  }
  expect(attempts.begin(maya)).toBe(true)
})
