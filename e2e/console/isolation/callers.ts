import { expect } from '@playwright/test'
import { paths } from '../../../lib/paths.ts'
import { callAction, successOf } from '../../support/call-action.ts'
import { type Answer, ask } from '../../support/http-request.ts'
import { signIn } from '../../support/http-session.ts'
import type { Person } from '../../support/organisation.ts'
import { privateTexts, type Tenant } from './tenant.ts'

/** A way of being signed out: what the `Cookie` header holds. */
export interface SignedOut {
  readonly how: string
  readonly cookie: string
}

/** Nobody, somebody with a copy of a cookie that was signed out, and somebody who alters one. */
export async function createSignedOut(
  consoleUrl: string,
  person: Person,
): Promise<readonly SignedOut[]> {
  const cookie = await newCookie(consoleUrl, person)
  const page = paths.home()
  const before = await ask(consoleUrl, { path: page, headers: { cookie } })
  if (before.status !== 200) throw new Error('The cookie to be signed out opens nothing anyway')
  successOf(await callAction(consoleUrl, { action: 'signOut', page, argument: {}, cookie }))
  return [
    { how: 'without a cookie', cookie: '' },
    { how: 'with a cookie that was signed out', cookie },
    { how: 'with an altered cookie', cookie: altered(await newCookie(consoleUrl, person)) },
  ]
}

export async function newCookie(consoleUrl: string, person: Person): Promise<string> {
  return (await signIn(consoleUrl, person.email, person.password)).cookies()
}

/** The owner's arguments as a stranger may bring them: whole, or mixed with what is their own. */
export interface Attempt {
  readonly how: string
  readonly own: Tenant
}

export function attemptsOf(owner: Tenant, stranger: Tenant): readonly Attempt[] {
  const { envId, clusterId } = stranger
  return [
    { how: 'as the owner asks', own: owner },
    { how: 'below an environment of their own', own: { ...owner, envId } },
    { how: 'in a cluster of their own', own: { ...owner, envId, clusterId } },
  ]
}

/** How the console's client side asks for a page when somebody follows a link. */
export async function navigate(
  consoleUrl: string,
  path: string,
  cookie: string,
  others: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const headers = { ...others, rsc: '1', cookie }
  const first = await ask(consoleUrl, { path, headers })
  // Next wants a hash of such headers in the address, and says which.
  const location = first.headers.location ?? ''
  return /[?&]_rsc/.test(location) ? ask(consoleUrl, { path: location, headers }) : first
}

const measuredFigures = [
  // `1.28 KB/s`, `176 B`, and the dash where nothing has been measured yet.
  /(?<=^|\s)(?:–|[\d,.]+ (?:[KMGT]?B)(?:\/s)?)(?=\s|$)/g,
  // The connections of an API key, between its owner and its date: they come and go by themselves.
  /(?<=\s)[\d,]+(?= \d{4}-\d\d-\d\d\s)/g,
]

/**
 * What a person would read on a page, and its status: without scripts, tags and their attributes.
 * What is measured again every few seconds reads `…`: it changes whoever calls what.
 */
export async function visibleText(
  consoleUrl: string,
  path: string,
  cookie: string,
): Promise<string> {
  const { status, text } = await ask(consoleUrl, { path, headers: { cookie } })
  const words = text.replace(/<script\b[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, ' ')
  const line = words.replace(/\s+/g, ' ')
  return `${status} ${measuredFigures.reduce((rest, figure) => rest.replace(figure, '…'), line)}`
}

/** Nothing in an answer that only the tenant may read. */
export function expectNothingOf(tenant: Tenant, answer: Answer): void {
  for (const text of privateTexts(tenant)) expect(answer.text).not.toContain(text)
}

/** The last character that matters of the session's token is another one. */
function altered(cookie: string): string {
  return cookie.replace(/(\.session=[^;]{40})(.)/, (_whole, before: string, letter: string) => {
    return `${before}${letter === 'A' ? 'B' : 'A'}`
  })
}
