import { expect, test } from '@playwright/test'
import { paths } from '../../../lib/paths.ts'
import { callAction, successOf } from '../../support/call-action.ts'
import { ask, type Question } from '../../support/http-request.ts'
import {
  actionQuestion,
  actionResult,
  formQuestion,
  readServerActions,
  type ServerAction,
} from '../../support/server-actions.ts'
import { actionRows } from './actions.ts'
import { expectNothingOf, navigate, newCookie, visibleText } from './callers.ts'
import { handlerRows } from './handlers.ts'
import { pageAlone, titleAlone } from './page-parts.ts'
import { pageRows } from './pages.ts'
import { createTenant, privateTexts, type Tenant } from './tenant.ts'

// Ways to a page, action or stream that its own page never takes, but that Next or HTTP offers.

test.describe.configure({ mode: 'default' })

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''
const ownersActions = Object.entries(actionRows).filter(([, { whose }]) => whose === 'owner')

let owner: Tenant
let stranger: Tenant

test.beforeAll(async () => {
  owner = await createTenant(consoleUrl)
  stranger = await createTenant(consoleUrl)
})

for (const [name, row] of ownersActions) {
  const action = name.split(' ')[1] ?? ''
  const page = () => row.page(owner)

  test(`${action} asks whose it is before it looks at the rest`, async () => {
    const { envId, clusterId, ...others } = row.argument(owner)
    const wrong = Object.fromEntries(Object.keys(others).map((field) => [field, 17]))
    const call = (argument: object, cookie: string) =>
      callAction(consoleUrl, { action, page: page(), argument, cookie })
    const place = { envId, ...(clusterId === undefined ? {} : { clusterId }) }
    // Some have no rest.
    if (Object.keys(wrong).length > 0) {
      const own = await call({ ...place, ...wrong }, owner.cookie)
      expect(actionResult(own)).toMatchObject({ error: { code: 'INVALID_INPUT' } })
    }
    expect((await call({ ...place, ...wrong }, stranger.cookie)).status).toBe(404)
    // Conditions in place of an id would find any row, if they reached the database.
    const any = Object.fromEntries(Object.keys(place).map((field) => [field, { not: '' }]))
    for (const { cookie } of [owner, stranger]) {
      expect((await call({ ...row.argument(owner), ...any }, cookie)).status).toBe(404)
      expect((await call([], cookie)).status).toBe(404)
    }
  })

  test(`${action} is as closed on pages that do not offer it`, async () => {
    const shown = row.changes?.(owner) ?? paths.home()
    const before = await visibleText(consoleUrl, shown, owner.cookie)
    const argument = row.argument(owner)
    for (const elsewhere of [paths.signIn(), paths.home()]) {
      for (const cookie of ['', stranger.cookie]) {
        const answer = await callAction(consoleUrl, { action, page: elsewhere, argument, cookie })
        // Next passes the call on to a page that has the action, and its answer on with status 200.
        expect(actionResult(answer)).toBeUndefined()
        expect(answer.text).toContain(`NEXT_HTTP_ERROR_FALLBACK;${cookie === '' ? 401 : 404}`)
      }
    }
    expect(await visibleText(consoleUrl, shown, owner.cookie)).toBe(before)
  })
}

test('a form that is posted without scripts meets the same checks', async () => {
  const action = actionOf('createTopic')
  const page = paths.createTopic(owner)
  const argument = {
    envId: owner.envId,
    clusterId: owner.clusterId,
    name: 'by_form',
    partitions: '1',
  }
  const post = (headers: Record<string, string>) => {
    const question = formQuestion(action, { page, argument })
    return ask(consoleUrl, { ...question, headers: { ...question.headers, ...headers } })
  }
  const topics = () => visibleText(consoleUrl, paths.topics(owner), owner.cookie)
  const before = await topics()
  const origin = consoleUrl
  const refused = [
    await post({ origin, cookie: stranger.cookie }),
    await post({ origin }),
    await post({ cookie: owner.cookie }),
    await post({ cookie: owner.cookie, origin: 'https://elsewhere.example' }),
  ]
  for (const { status } of refused) expect(status).toBeGreaterThanOrEqual(400)
  expect(await topics()).toBe(before)
  expect((await post({ origin, cookie: owner.cookie })).status).toBe(200)
  expect(await topics()).toContain('by_form')
})

test('a page asks for itself where its layouts are not rendered', async () => {
  const topics = paths.topics(owner)
  const whole = await navigate(consoleUrl, topics, owner.cookie)
  const alone = await navigate(consoleUrl, topics, owner.cookie, pageAlone(topics))
  // The layout has the breadcrumb, the page has not.
  expect(whole.text).toContain('"crumbs"')
  expect(alone.text).not.toContain('"crumbs"')
  expect(alone.text).toContain(owner.topic)
  for (const path of ownersPages()) {
    const asked = await navigate(consoleUrl, path, stranger.cookie, pageAlone(path))
    expect(asked.text, path).toContain('E{"digest":"NEXT_HTTP_ERROR_FALLBACK;404"}')
    for (const text of privateTexts(owner)) expect(asked.text, path).not.toContain(text)
  }
})

test('a page keeps its title to its owner', async () => {
  const overview = paths.cluster(owner)
  const own = await navigate(consoleUrl, overview, owner.cookie, titleAlone(overview))
  expect(own.text).toContain(`${owner.clusterName} · Tributary`)
  for (const path of ownersPages()) {
    const asked = await navigate(consoleUrl, path, stranger.cookie, titleAlone(path))
    for (const text of privateTexts(owner)) expect(asked.text, path).not.toContain(text)
  }
})

test('a stream that is open ends when its session does', async () => {
  const cookie = await newCookie(consoleUrl, owner.person)
  const path = paths.messagesStream(owner, { from: '0:0' })
  const stream = await fetch(new URL(path, consoleUrl), { headers: { cookie } })
  expect(stream.status).toBe(200)
  successOf(
    await callAction(consoleUrl, { action: 'signOut', page: paths.home(), argument: {}, cookie }),
  )
  // Resolves at its end, which the heartbeat brings: within ten seconds.
  expect(await stream.text()).toContain(owner.recordText)
})

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

function actionOf(name: string): ServerAction {
  const action = readServerActions().find((candidate) => candidate.name === name)
  if (action === undefined) throw new Error(`The build has no action ${name}`)
  return action
}

function ownersPages(): readonly string[] {
  const rows = Object.values(pageRows).filter(({ whose }) => whose === 'owner')
  return rows.map(({ path }) => path(owner))
}
