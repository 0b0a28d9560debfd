import { expect, test } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { callAction, successOf } from '../support/call-action.ts'
import { type Answer, ask, type Question } from '../support/http-request.ts'
import { actionQuestion, readServerActions } from '../support/server-actions.ts'
import {
  attemptsOf,
  createSignedOut,
  navigate,
  newCookie,
  type SignedOut,
  visibleText,
} from './isolation/callers.ts'
import { actionRows, handlerRows, pageRows } from './isolation/tables.ts'
import { createTenant, privateTexts, type Tenant } from './isolation/tenant.ts'

// What is not yours is 404, on pages, streams, downloads and actions alike. Two people with an
// organisation each; one asks for what the other has. Everything goes over HTTP to the built product.

// One worker makes the two of them once.
test.describe.configure({ mode: 'default' })

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''
const foreignOrigin = 'https://elsewhere.example'

// To a client that follows a link Next always says 200, and the outcome in what it sends.
const notFoundSign = 'E{"digest":"NEXT_HTTP_ERROR_FALLBACK;404"}'
const signInSign = 'E{"digest":"NEXT_REDIRECT;replace;/sign-in?to='

let owner: Tenant
let stranger: Tenant
let signedOut: readonly SignedOut[]

test.beforeAll(async () => {
  owner = await createTenant(consoleUrl)
  stranger = await createTenant(consoleUrl)
  signedOut = await createSignedOut(consoleUrl, owner.person)
})

for (const [pattern, row] of Object.entries(pageRows)) {
  test.describe(`the page ${pattern}`, () => {
    test('answers who may see it', async () => {
      const isForGuests = row.whose === 'everyone'
      const cookie = isForGuests ? '' : owner.cookie
      const answer = await ask(consoleUrl, { path: row.path(owner), headers: { cookie } })
      if ('leadsTo' in row.answer) {
        expect(answer.status).toBe(307)
        expect(answer.headers.location).toBe(row.answer.leadsTo(owner))
      } else {
        expect(answer.status).toBe(200)
        expect(answer.text).toContain(row.answer.shows(owner))
      }
    })

    if (row.whose === 'owner')
      test('is not there for a stranger', async () => {
        for (const { how, own } of attemptsOf(owner, stranger)) {
          const path = row.path(own)
          if (path === row.path(stranger)) continue
          const asked = { path, headers: { cookie: stranger.cookie } }
          const answer = await ask(consoleUrl, asked)
          expect(answer.status, how).toBe(404)
          expectNothingOf(owner, answer)
          const followed = await navigate(consoleUrl, path, stranger.cookie)
          expect(followed.text, `${how}, following a link`).toContain(notFoundSign)
          expectNothingOf(owner, followed)
          expect((await ask(consoleUrl, { ...asked, method: 'HEAD' })).status).toBe(404)
        }
      })

    if (row.whose === 'everyone')
      test('leads those home who are signed in', async () => {
        for (const { cookie } of [owner, stranger]) {
          const answer = await ask(consoleUrl, { path: row.path(owner), headers: { cookie } })
          expect(answer.status).toBe(307)
          expect(answer.headers.location).toBe(paths.home())
        }
      })

    if (row.whose === 'caller')
      test('shows a stranger nothing of the owner', async () => {
        const answers = [
          await ask(consoleUrl, { path: row.path(owner), headers: { cookie: stranger.cookie } }),
          await navigate(consoleUrl, row.path(owner), stranger.cookie),
        ]
        for (const answer of answers) {
          expectNothingOf(owner, answer)
          for (const id of [owner.envId, owner.clusterId]) expect(answer.text).not.toContain(id)
        }
      })

    if (row.whose !== 'everyone')
      test('leads the signed-out to sign-in', async () => {
        for (const { how, cookie } of signedOut) {
          const path = row.path(owner)
          const answer = await ask(consoleUrl, { path, headers: { cookie } })
          expect(answer.status, how).toBe(307)
          expect(answer.headers.location, how).toMatch(/^\/sign-in\?to=%2F/)
          expectNothingOf(owner, answer)
          const followed = await navigate(consoleUrl, path, cookie)
          expect(followed.text, `${how}, following a link`).toContain(signInSign)
          expectNothingOf(owner, followed)
        }
      })
  })
}

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

test('under a foreign name there is nothing at all', async () => {
  // As a page would ask whose own name has been pointed at this machine: host and origin agree.
  const host = 'elsewhere.example'
  const headers = { cookie: owner.cookie, host, origin: `http://${host}` }
  const questions: Question[] = [
    ...Object.values(pageRows).map((row) => ({ path: row.path(owner) })),
    ...Object.entries(handlerRows).map(([handler, row]) => ({
      method: handler.split(' ')[0] ?? '',
      path: row.path(owner),
    })),
    ...readServerActions().flatMap((action) => {
      const row = actionRows[`${action.file} ${action.name}`]
      const call = row && { page: row.page(owner), argument: row.argument(owner) }
      return call === undefined ? [] : [actionQuestion(action, call)]
    }),
  ]
  for (const question of questions) {
    const asked = { ...question, headers: { ...question.headers, ...headers } }
    const answer = await ask(consoleUrl, asked)
    expect(answer.status, question.path).toBe(421)
    expectNothingOf(owner, answer)
  }
})

/** RFC 7617. */
function basic({ key, keySecret }: Pick<Tenant, 'key' | 'keySecret'>): string {
  return `Basic ${Buffer.from(`${key}:${keySecret}`).toString('base64')}`
}

function expectNothingOf(tenant: Tenant, answer: Answer): void {
  for (const text of privateTexts(tenant)) expect(answer.text).not.toContain(text)
}
