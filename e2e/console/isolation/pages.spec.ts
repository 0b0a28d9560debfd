import { expect, test } from '@playwright/test'
import { paths } from '../../../lib/paths.ts'
import { ask } from '../../support/http-request.ts'
import {
  attemptsOf,
  createSignedOut,
  expectNothingOf,
  navigate,
  type SignedOut,
} from './callers.ts'
import { pageRows } from './pages.ts'
import { createTenant, type Tenant } from './tenant.ts'

// What is not yours is 404, on pages, streams, downloads and actions alike. Two people with an
// organisation each; one asks for what the other has. Everything goes over HTTP to the built product.

// One worker makes the two of them once.
test.describe.configure({ mode: 'default' })

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''

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
