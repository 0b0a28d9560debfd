import { expect, test } from '@playwright/test'
import { ask } from '../../support/http-request.ts'
import { attemptsOf, createSignedOut, expectNothingOf, type SignedOut } from './callers.ts'
import { handlerRows } from './handlers.ts'
import { createTenant, type Tenant } from './tenant.ts'

// What pages.spec.ts asks of pages, of route handlers: polls, streams, downloads.

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

for (const [handler, row] of Object.entries(handlerRows)) {
  const [method = ''] = handler.split(' ')
  const ofOwn = (
    own: Tenant,
    caller: { cookie?: string; origin?: string | null; holder?: Pick<Tenant, 'key' | 'keySecret'> },
  ) => {
    const { cookie = '', origin = consoleUrl, holder } = caller
    const form = row.body?.(own)
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return ask(consoleUrl, {
      method,
      path: row.path(own),
      headers: {
        cookie,
        ...(origin === null ? {} : { origin }),
        ...(holder === undefined ? {} : { authorization: basic(holder) }),
        ...(form === undefined ? {} : type),
      },
      ...(form === undefined ? {} : { body: form.toString() }),
      until: row.shows(own),
    })
  }

  test.describe(`the handler ${handler}`, () => {
    test('answers who may ask', async () => {
      const cookies = row.whose === 'everyone' ? ['', stranger.cookie] : []
      for (const cookie of [owner.cookie, ...cookies]) {
        const caller = row.whose === 'key' ? { holder: owner } : { cookie }
        const answer = await ofOwn(owner, caller)
        expect(answer.status).toBe(200)
        expect(answer.text).toContain(row.shows(owner))
        if (row.whose === 'everyone') expectNothingOf(owner, answer)
      }
    })

    if (method !== 'GET')
      test('refuses another site', async () => {
        const signedIn = row.whose === 'everyone' ? {} : { cookie: owner.cookie }
        for (const origin of [null, foreignOrigin, 'null']) {
          expect((await ofOwn(owner, { ...signedIn, origin })).status).toBe(403)
        }
      })

    if (row.whose === 'owner')
      test('knows nothing for a stranger', async () => {
        for (const { how, own } of attemptsOf(owner, stranger)) {
          const answer = await ofOwn(own, { cookie: stranger.cookie })
          const namesTheOwners = /\[(topic|connector)\]|reset-plan$/.test(handler)
          const isTheirs = own.clusterId === stranger.clusterId && !namesTheOwners
          expect(answer.status, how).toBe(isTheirs ? 200 : 404)
          expectNothingOf(owner, answer)
        }
      })

    if (row.whose === 'key')
      test('wants a key, and tells that of a stranger nothing of the owner', async () => {
        for (const cookie of ['', owner.cookie]) {
          const answer = await ofOwn(owner, { cookie })
          expect(answer.status).toBe(401)
          expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/)
        }
        const mixed = { key: owner.key, keySecret: stranger.keySecret }
        expect((await ofOwn(owner, { holder: mixed })).status).toBe(401)
        const answer = await ofOwn(owner, { cookie: owner.cookie, holder: stranger })
        expect(answer.status).toBe(200)
        for (const text of [owner.clusterId, owner.topic]) expect(answer.text).not.toContain(text)
      })

    if (row.whose === 'caller')
      test('tells a stranger nothing of the owner', async () => {
        const answer = await ofOwn(stranger, { cookie: stranger.cookie })
        expect(answer.status).toBe(200)
        expectNothingOf(owner, answer)
        for (const id of [owner.envId, owner.clusterId]) expect(answer.text).not.toContain(id)
      })

    if (row.whose !== 'everyone')
      test('wants a sign-in', async () => {
        for (const { how, cookie } of signedOut) {
          const answer = await ofOwn(owner, { cookie })
          expect(answer.status, how).toBe(401)
          expectNothingOf(owner, answer)
        }
      })
  })
}

/** RFC 7617. */
function basic({ key, keySecret }: Pick<Tenant, 'key' | 'keySecret'>): string {
  return `Basic ${Buffer.from(`${key}:${keySecret}`).toString('base64')}`
}
