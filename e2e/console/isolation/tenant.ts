import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { paths } from '../../../lib/paths.ts'
import { type Answer, ask } from '../../support/http-request.ts'
import { type HttpSession, signIn } from '../../support/http-session.ts'
import { actionQuestion, actionResult, readServerActions } from '../../support/server-actions.ts'

/** Somebody with an organisation of their own and something of every kind in it. */
export interface Tenant {
  readonly person: Person
  readonly cookie: string
  readonly envId: string
  readonly clusterId: string
  readonly clusterName: string
  /** Holds one record, at partition 0 and offset 0. */
  readonly topic: string
  readonly recordText: string
  readonly quietTopic: string
  /** Holds one record that may be deleted, and settings that may be changed. */
  readonly filledTopic: string
  readonly key: string
  readonly keyDescription: string
  /** What may be deleted without anything else noticing. */
  readonly spare: {
    readonly envId: string
    readonly environmentName: string
    readonly clusterId: string
    readonly clusterName: string
    readonly topic: string
    readonly key: string
  }
}

export interface Person {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Everything through the console's own actions, as a browser would. */
export async function createTenant(consoleUrl: string): Promise<Tenant> {
  const person = newPerson()
  await succeed(consoleUrl, { action: 'signUp', page: paths.signUp(), argument: person })
  const session = await signIn(consoleUrl, person.email, person.password)
  const cookie = session.cookies()
  const envId = await onlyEnvironment(session)
  const act = (action: string, page: string, argument: object) =>
    succeed(consoleUrl, { action, page, argument, cookie })

  async function cluster(name: string) {
    const place = { type: 'BASIC', provider: 'gcp', region: 'europe-west2' }
    const made = await act('createCluster', paths.addCluster({ envId }), { envId, name, ...place })
    return { clusterId: textOf(made, 'clusterId'), clusterName: name }
  }
  const own = await cluster(`river_${unique()}`)
  const at = { envId, clusterId: own.clusterId }
  const key = async (description: string) =>
    textOf(await act('createApiKey', paths.createApiKey(at), { ...at, description }), 'key')
  async function topic(name: string) {
    await act('createTopic', paths.createTopic(at), { ...at, name, partitions: '1' })
    return name
  }
  const environmentName = `empty_${unique()}`
  const emptyEnvironment = await act('createEnvironment', paths.environments(), {
    name: environmentName,
  })
  const keyDescription = `for the barge ${unique()}`
  const tenant = {
    person,
    cookie,
    envId,
    ...own,
    topic: await topic(`boats_${unique()}`),
    recordText: `aground ${unique()}`,
    quietTopic: await topic(`quiet_${unique()}`),
    filledTopic: await topic(`filled_${unique()}`),
    key: await key(keyDescription),
    keyDescription,
    spare: {
      envId: textOf(emptyEnvironment, 'envId'),
      environmentName,
      ...(await cluster(`spare_${unique()}`)),
      topic: await topic(`spare_${unique()}`),
      key: await key('spare'),
    },
  }
  for (const topic of [tenant.topic, tenant.filledTopic]) {
    const record = recordArgument({ ...tenant, topic })
    await act('produceMessage', paths.topicMessages({ ...tenant, topic }), record)
  }
  return tenant
}

export function newPerson(): Person {
  const id = unique()
  return { name: `Maya ${id}`, email: `maya-${id}@example.com`, password: `river ${id}` }
}

/** The argument of `produceMessage` that writes the tenant's text to one of its topics. */
export function recordArgument(at: Pick<Tenant, 'envId' | 'clusterId' | 'topic' | 'recordText'>) {
  return {
    envId: at.envId,
    clusterId: at.clusterId,
    topic: at.topic,
    key: { form: 'string', text: '18' },
    value: { form: 'string', text: at.recordText },
    headers: [],
  }
}

/** What no address names and nobody else may read. */
export function privateTexts(tenant: Tenant): readonly string[] {
  const { person, clusterName, spare, keyDescription, recordText } = tenant
  return [
    ...[person.name, person.email, clusterName, keyDescription, recordText],
    ...[spare.clusterName, spare.environmentName],
  ]
}

/** A call of the named action; with the console's own origin unless `headers` say otherwise. */
export function callAction(
  consoleUrl: string,
  call: {
    readonly action: string
    readonly page: string
    readonly argument: unknown
    readonly cookie?: string
    /** Null sends no `Origin` at all. */
    readonly origin?: string | null
  },
): Promise<Answer> {
  const action = readServerActions().find(({ name }) => name === call.action)
  if (action === undefined) throw new Error(`The build has no action ${call.action}`)
  const question = actionQuestion(action, call)
  const origin = call.origin === undefined ? consoleUrl : call.origin
  const headers = {
    ...question.headers,
    ...(call.cookie === undefined ? {} : { cookie: call.cookie }),
    ...(origin === null ? {} : { origin }),
  }
  return ask(consoleUrl, { ...question, headers })
}

const success = z.object({ ok: z.record(z.string(), z.unknown()) })

/** What a successful action answered; throws where it did not succeed. */
export function successOf(answer: Answer): Record<string, unknown> {
  const result = success.safeParse(actionResult(answer))
  if (answer.status === 200 && result.success) return result.data.ok
  throw new Error(`The action was answered ${answer.status} ${answer.text.slice(0, 400)}`)
}

async function succeed(consoleUrl: string, call: Parameters<typeof callAction>[1]) {
  return successOf(await callAction(consoleUrl, call))
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

function unique(): string {
  return randomBytes(5).toString('hex')
}
