/**
 * People, clusters, topics and keys for flows that are about something else. They are made by the
 * console's own actions over HTTP, as a browser would call them: no page is loaded for them.
 */
import { randomBytes } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import { z } from 'zod'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { callAction, successOf } from './call-action.ts'
import { type HttpSession, signIn } from './http-session.ts'
import type { KeyFile } from './key-file.ts'

export interface Person {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** A person with an organisation of their own. */
export interface Organisation {
  readonly person: Person
  readonly consoleUrl: string
  readonly cookie: string
  /** The environment that every organisation begins with. */
  readonly envId: string
  /** Calls an action as one of the person's pages does; throws where it is refused. */
  act(action: string, page: string, argument: object): Promise<Record<string, unknown>>
  createCluster(name: string): Promise<OwnCluster>
}

export interface OwnCluster extends ClusterAt {
  readonly name: string
  createKey(description?: string): Promise<KeyFile>
  createTopic(topic: { readonly name: string; readonly partitions: number }): Promise<void>
}

/** Somebody whom this installation has not seen. */
export function newPerson(): Person {
  const id = randomBytes(5).toString('hex')
  return { name: 'Maya Keller', email: `maya-${id}@example.com`, password: `river ${id}` }
}

/** Signs somebody new up, and in. */
export async function createOrganisation(
  consoleUrl: string,
  person = newPerson(),
): Promise<Organisation> {
  successOf(
    await callAction(consoleUrl, { action: 'signUp', page: paths.signUp(), argument: person }),
  )
  const session = await signIn(consoleUrl, person.email, person.password)
  const cookie = session.cookies()
  const envId = await onlyEnvironment(session)
  const act = async (action: string, page: string, argument: object) =>
    successOf(await callAction(consoleUrl, { action, page, argument, cookie }))
  return {
    person,
    consoleUrl,
    cookie,
    envId,
    act,
    async createCluster(name) {
      const place = { type: 'BASIC', provider: 'gcp', region: 'europe-west2' }
      const argument = { envId, name, ...place }
      const made = await act('createCluster', paths.addCluster({ envId }), argument)
      return ownCluster({ envId, clusterId: textOf(made, 'clusterId') }, name, act)
    },
  }
}

function ownCluster(at: ClusterAt, name: string, act: Organisation['act']): OwnCluster {
  return {
    ...at,
    name,
    async createKey(description = '') {
      const made = await act('createApiKey', paths.createApiKey(at), { ...at, description })
      return {
        clusterId: at.clusterId,
        key: textOf(made, 'key'),
        secret: textOf(made, 'secret'),
        bootstrapServer: textOf(made, 'bootstrapServer'),
      }
    },
    async createTopic({ name: topic, partitions }) {
      const argument = { ...at, name: topic, partitions: String(partitions) }
      await act('createTopic', paths.createTopic(at), argument)
    },
  }
}

/** The pages of this context are the person's from now on. */
export async function signedIn(
  context: BrowserContext,
  { cookie, consoleUrl }: Pick<Organisation, 'cookie' | 'consoleUrl'>,
): Promise<void> {
  const cookies = cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: consoleUrl }
  })
  await context.addCookies(cookies)
}

async function onlyEnvironment(session: HttpSession): Promise<string> {
  const page = await session.fetch(paths.environments())
  const id = /\/environments\/(env-\w+)\/clusters/.exec(await page.text())?.[1]
  if (id === undefined) throw new Error('A new account has no environment')
  return id
}

function textOf(values: Record<string, unknown>, name: string): string {
  return z.string().parse(values[name])
}
