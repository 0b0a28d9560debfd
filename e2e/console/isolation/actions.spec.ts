import { expect, test } from '@playwright/test'
import { callAction, successOf } from '../../support/call-action.ts'
import { actionRows } from './actions.ts'
import {
  attemptsOf,
  createSignedOut,
  expectNothingOf,
  newCookie,
  type SignedOut,
  visibleText,
} from './callers.ts'
import { createTenant, type Tenant } from './tenant.ts'

// What pages.spec.ts asks of pages, of server actions, which the owner then carries out.

// One worker makes the two of them once.
test.describe.configure({ mode: 'default' })

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''
const foreignOrigin = 'https://elsewhere.example'

let owner: Tenant
let stranger: Tenant
let signedOut: readonly SignedOut[]

test.beforeAll(async () => {
  owner = await createTenant(consoleUrl)
  stranger = await createTenant(consoleUrl)
  signedOut = await createSignedOut(consoleUrl, owner.person)
})

for (const [name, row] of Object.entries(actionRows)) {
  const [, action = ''] = name.split(' ')
  const call = (own: Tenant, caller: { cookie?: string; origin?: string | null }) =>
    callAction(consoleUrl, {
      action,
      page: row.page(own),
      argument: row.argument(own),
      ...caller,
    })

  test(`the action ${action} is carried out for who may call it, and for nobody else`, async () => {
    // Signing out ends the session that calls it, so it gets one of its own.
    const isOwnSession = row.whose === 'caller'
    const cookie = isOwnSession ? await newCookie(consoleUrl, owner.person) : owner.cookie
    const page = row.changes?.(owner)
    const state = async () =>
      page === undefined ? 'nothing' : await visibleText(consoleUrl, page, cookie)
    const { waits } = row
    if (waits !== undefined) {
      const said = () => visibleText(consoleUrl, waits.at(owner), cookie)
      await expect.poll(said).not.toContain(waits.whileItSays)
    }
    const before = await state()
    expect(await state(), 'It changes by itself').toBe(before)

    await test.step('another site', async () => {
      const guest = row.whose === 'everyone' ? {} : { cookie }
      expect((await call(owner, { ...guest, origin: null })).status).toBe(403)
      for (const origin of [foreignOrigin, 'null']) {
        const answer = await call(owner, { ...guest, origin })
        // Next itself refuses another site's origin, before our code runs.
        expect([403, 500]).toContain(answer.status)
        expect(() => successOf(answer)).toThrow()
      }
      expect(await state()).toBe(before)
    })

    if (row.whose === 'owner')
      await test.step('a stranger', async () => {
        for (const { how, own } of attemptsOf(owner, stranger)) {
          const answer = await call(own, { cookie: stranger.cookie })
          const place = row.argument(own)
          const isTheirs =
            place.envId === stranger.envId &&
            (place.clusterId === undefined || place.clusterId === stranger.clusterId)
          if (!isTheirs) expect(answer.status, how).toBe(404)
          expectNothingOf(owner, answer)
          expect(await state(), how).toBe(before)
        }
      })

    if (isOwnSession)
      await test.step('a stranger, for themselves', async () => {
        successOf(await call(stranger, { cookie: await newCookie(consoleUrl, stranger.person) }))
        expect(await state()).toBe(before)
      })

    if (row.whose !== 'everyone')
      await test.step('the signed-out', async () => {
        for (const caller of signedOut) {
          const answer = await call(owner, { cookie: caller.cookie })
          expect(answer.status, caller.how).toBe(401)
          expectNothingOf(owner, answer)
          expect(await state(), caller.how).toBe(before)
        }
      })

    await test.step('who may', async () => {
      successOf(await call(owner, row.whose === 'everyone' ? {} : { cookie }))
      if (page !== undefined) expect(await state()).not.toBe(before)
    })
  })
}
