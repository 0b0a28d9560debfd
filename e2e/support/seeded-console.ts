import type { Browser, BrowserContext } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { createTenant, type Tenant } from '../console/isolation/tenant.ts'
import { callAction, successOf } from './call-action.ts'
import { produceWithKey } from './kafkajs-with-key.ts'
import type { KeyFile } from './key-file.ts'
import { listeningContext } from './listening.ts'
import { signedIn } from './organisation.ts'

/** Somebody with a cluster that looks as it does after the tutorial: topics, records, keys. */
export interface SeededConsole {
  readonly own: Tenant
  readonly consoleUrl: string
  /** What its programs sign in with. */
  readonly key: KeyFile
  /** Writes some more records, as a program with the tenant's key would. */
  readonly produce: (topic: string, count: number) => Promise<void>
}

const topics = [
  { name: 'tutorial_topic', partitions: '2' },
  { name: 'rides', partitions: '2' },
  { name: 'rides_fhv', partitions: '4' },
  { name: 'pageviews', partitions: '1' },
] as const

export async function seedConsole(consoleUrl: string): Promise<SeededConsole> {
  const made = await createTenant(consoleUrl)
  const own = { ...made, topic: 'tutorial_topic', clusterName: 'kafka_tutorial_cluster' }
  const at = { envId: own.envId, clusterId: own.clusterId }
  const act = async (action: string, page: string, argument: object) =>
    successOf(await callAction(consoleUrl, { action, page, argument, cookie: own.cookie }))

  await act('renameCluster', paths.clusterSettings(at), { ...at, name: own.clusterName })
  for (const topic of topics) await act('createTopic', paths.createTopic(at), { ...at, ...topic })
  const key = await act('createApiKey', paths.createApiKey(at), {
    ...at,
    description: 'tutorial client',
  })
  const file = {
    clusterId: own.clusterId,
    key: String(key.key),
    secret: String(key.secret),
    bootstrapServer: String(key.bootstrapServer),
  }
  const produce = (topic: string, count: number) =>
    produceWithKey(
      file,
      topic,
      Array.from({ length: count }, (_, index) => order(index)),
    )
  await produce('tutorial_topic', 120)
  await produce('rides', 60)
  return { own, consoleUrl, key: file, produce }
}

/** A browser in which the tenant is signed in. */
export async function signedInContext(
  browser: Browser,
  { own, consoleUrl }: SeededConsole,
): Promise<BrowserContext> {
  const context = listeningContext(await browser.newContext({ baseURL: consoleUrl }))
  await signedIn(context, { ...own, consoleUrl })
  return context
}

function order(index: number) {
  const value = {
    ordertime: 1_497_014_222_380 + index * 7919,
    orderid: 9_000 + index,
    itemid: `Item_${(index * 37) % 600}`,
    orderunits: Number(((index * 3.7) % 10).toFixed(3)),
    address: { city: 'City_36', state: 'State_61', zipcode: 10_000 + index },
  }
  return { key: String(18 + index), value: JSON.stringify(value) }
}
