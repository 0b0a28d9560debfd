import { Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soonOrLater } from './soon-or-later.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a page that is there soon is the answer itself', async () => {
  expect(await soonOrLater(Promise.resolve('page'), 'meanwhile')).toBe('page')
})

test('what does not exist is said before anything is sent', async () => {
  const missing = new Error('not found')
  await expect(soonOrLater(Promise.reject(missing), 'meanwhile')).rejects.toBe(missing)
})

test('while the broker hangs, something stands in the place of the page', async () => {
  const answered = soonOrLater(new Promise(() => {}), 'meanwhile')
  await vi.advanceTimersByTimeAsync(1000)
  expect(await answered).toMatchObject({ type: Suspense, props: { fallback: 'meanwhile' } })
})
