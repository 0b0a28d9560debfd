import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { paths } from '../../../lib/paths.ts'
import { commitOffsets } from '../../support/commit-offsets.ts'
import { ask } from '../../support/http-request.ts'
import { createOrganisation, type OwnCluster, type Person } from '../../support/organisation.ts'

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
  readonly keySecret: string
  readonly keyDescription: string
  /** A consumer group without members that has read the topic to its end. */
  readonly group: string
  /** Runs, and writes nothing for days: its pages stand still. */
  readonly connector: string
  /** What the connectors are launched with. */
  readonly connectorConfig: Readonly<Record<string, string>>
  /** What may be deleted without anything else noticing. */
  readonly spare: {
    readonly envId: string
    readonly environmentName: string
    readonly clusterId: string
    readonly clusterName: string
    readonly topic: string
    readonly key: string
    readonly connector: string
    /** Two of them: one to be deleted, one whose offsets may be. */
    readonly group: string
    readonly groupToForget: string
  }
}

/** Everything through the console's own actions, as a browser would. */
export async function createTenant(consoleUrl: string): Promise<Tenant> {
  const organisation = await createOrganisation(consoleUrl, newPerson())
  const { person, cookie, envId, act } = organisation
  const cluster = await organisation.createCluster(`river_${unique()}`)
  const spare = await organisation.createCluster(`spare_${unique()}`)
  async function topic(name: string) {
    await cluster.createTopic({ name, partitions: 1 })
    return name
  }
  const environmentName = `empty_${unique()}`
  const emptyEnvironment = await act('createEnvironment', paths.environments(), {
    name: environmentName,
  })
  const keyDescription = `for the barge ${unique()}`
  const keyFile = await cluster.createKey(keyDescription)
  const { key, secret: keySecret } = keyFile
  const connectorConfig = await quietConnectorConfig(cluster, await topic(`ferried_${unique()}`))
  async function connector(name: string) {
    const at = { envId, clusterId: cluster.clusterId }
    const page = paths.createConnector(at, { plugin: 'DatagenSource' })
    await act('createConnector', page, { ...at, name, config: connectorConfig })
    return name
  }
  const tenant = {
    person,
    cookie,
    envId,
    clusterId: cluster.clusterId,
    clusterName: cluster.name,
    topic: await topic(`boats_${unique()}`),
    recordText: `aground ${unique()}`,
    quietTopic: await topic(`quiet_${unique()}`),
    filledTopic: await topic(`filled_${unique()}`),
    key,
    keySecret,
    keyDescription,
    group: `riders_${unique()}`,
    connector: await connector(`ferry_${unique()}`),
    connectorConfig,
    spare: {
      envId: z.string().parse(emptyEnvironment.envId),
      environmentName,
      clusterId: spare.clusterId,
      clusterName: spare.name,
      topic: await topic(`spare_${unique()}`),
      key: (await cluster.createKey('spare')).key,
      connector: await connector(`spare_${unique()}`),
      group: `spare_${unique()}`,
      groupToForget: `spare_${unique()}`,
    },
  }
  for (const topic of [tenant.topic, tenant.filledTopic]) {
    const record = recordArgument({ ...tenant, topic })
    await act('produceMessage', paths.topicMessages({ ...tenant, topic }), record)
  }
  for (const group of [tenant.group, tenant.spare.group, tenant.spare.groupToForget]) {
    await commitOffsets(keyFile, group, { [tenant.topic]: [1] })
  }
  // What a connector's start changes on its pages is behind it.
  const look = { path: paths.connectorsPoll(tenant), headers: { cookie } }
  await expect.poll(async () => (await ask(consoleUrl, look)).text).not.toContain('PROVISIONING')
  return tenant
}

/** Some time within 23 days it writes its first record: nobody waits for that. */
const intervalMs = '2000000000'

async function quietConnectorConfig(cluster: OwnCluster, topic: string) {
  const { key, secret } = await cluster.createKey('for the ferries')
  return {
    'connector.class': 'DatagenSource',
    'kafka.auth.mode': 'KAFKA_API_KEY',
    'kafka.api.key': key,
    'kafka.api.secret': secret,
    'kafka.topic': topic,
    'output.data.format': 'JSON',
    quickstart: 'ORDERS',
    'max.interval': intervalMs,
    'tasks.max': '1',
  }
}

/** Somebody by whose name and email a page can be searched. */
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

function unique(): string {
  return randomBytes(5).toString('hex')
}
