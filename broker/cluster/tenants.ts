import type { Clock } from '../clock.ts'
import type { PartitionLogs } from '../log/partition-logs.ts'
import { type ClusterType, limitNamesProblem } from '../rules/limits.ts'
import { apiKeyProblem, apiSecretProblem, clusterIdProblem } from '../rules/names.ts'
import {
  type OpenListenerSettings,
  openListenerPartitionsProblem,
  openListenerPortProblem,
} from '../rules/open-listener.ts'
import type {
  ApiKeyRecord,
  CatalogueSnapshot,
  CatalogueStore,
  TenantRecord,
  TopicRecord,
} from '../storage/storage.ts'
import { ApiKeys } from './api-keys.ts'
import {
  hashSecret,
  internalPasswordMatches,
  internalTenantId,
  secretMatches,
} from './credentials.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { Tenant } from './tenant.ts'
import type { Topic } from './topic.ts'

/** Who a user name and password turned out to be. */
export interface Principal {
  readonly tenant: Tenant
  /** The API key, or the internal user name. */
  readonly username: string
  /** `User:` and the user name. */
  readonly principal: string
  /** One of our own processes: what it reads counts in no metric, list or limit. */
  readonly internal: boolean
}

/** Told after the fact, once each; what they do must not throw. */
export interface TenantListener {
  /** Its topic id and partitions mean nothing any more; its committed offsets are gone. */
  onTopicDeleted?(tenantId: string, topic: Topic): void
  /** Connections that signed in with it have to end within 2 s. */
  onApiKeyDeleted?(tenantId: string, key: string): void
  /** Told after its keys and topics; its groups and connections have to end. */
  onTenantDeleted?(tenantId: string): void
}

export interface TenantsOptions {
  readonly catalogue: CatalogueStore
  readonly logs: PartitionLogs
  readonly clock: Clock
  /** The nodes that the broker advertises, ascending. */
  readonly nodeIds: readonly number[]
  /** `internal.key`; without one there are no internal principals. */
  readonly internalKey?: Uint8Array
}

export interface TenantBody {
  readonly type?: ClusterType
  readonly limits?: Readonly<Record<string, number>>
}

/** Why a tenant or a key was refused, with a sentence that names it. */
export interface ControlRefusal {
  readonly refused: 'invalid' | 'absent' | 'conflict' | 'limit'
  readonly message: string
}

/**
 * Every tenant and API key of the installation. Changes to them happen one at a time; each shows
 * once it is stored.
 */
export class Tenants {
  readonly #options: TenantsOptions
  readonly #tenants = new Map<string, Tenant>()
  readonly #apiKeys = new ApiKeys()
  readonly #listeners = new Set<TenantListener>()
  readonly #change = oneAtATime()

  /** Takes over what storage has. */
  constructor(snapshot: CatalogueSnapshot, options: TenantsOptions) {
    this.#options = options
    for (const record of snapshot.tenants) this.#show(record)
    for (const record of snapshot.apiKeys) this.#apiKeys.add(record)
    for (const { tenantId, ...settings } of snapshot.openListeners) {
      this.#tenants.get(tenantId)?.setOpenListener(settings)
    }
    for (const [tenantId, topics] of topicsByTenant(snapshot.topics)) {
      this.#tenants.get(tenantId)?.topics.restore(topics)
    }
  }

  get(tenantId: string): Tenant | undefined {
    return this.#tenants.get(tenantId)
  }

  /** Every tenant, in no order that would mean anything. */
  list(): readonly Tenant[] {
    return [...this.#tenants.values()]
  }

  /** Calls the listener from now on; the function given back stops that. */
  listen(listener: TenantListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Finds out who signs in with a user name and password; null for a wrong name and a wrong password
   * alike, after the same work. The caller lets internal principals in from this machine only.
   */
  authenticate(username: string, password: string): Principal | null {
    const internalId = internalTenantId(username)
    return internalId === null
      ? this.#authenticateKey(username, password)
      : this.#authenticateInternal(internalId, username, password)
  }

  /** Creates a tenant, or gives one that is there a new type and new limits. */
  putTenant(tenantId: string, body: TenantBody = {}): Promise<Tenant | ControlRefusal> {
    const problem = clusterIdProblem(tenantId) ?? limitNamesProblem(body.limits ?? {})
    if (problem !== null) return Promise.resolve(refusedAs('invalid', problem))
    return this.#change(async () => {
      const present = this.#tenants.get(tenantId)
      const record: TenantRecord = {
        id: tenantId,
        type: body.type ?? 'BASIC',
        limits: body.limits ?? {},
        createdMs: present?.createdMs ?? this.#options.clock.nowMs(),
      }
      await this.#options.catalogue.putTenant(record)
      present?.update(record)
      return present ?? this.#show(record)
    })
  }

  /** Deletes a tenant with its keys, topics, groups and offsets; no error where it is absent. */
  deleteTenant(tenantId: string): Promise<void> {
    return this.#change(async () => {
      const tenant = this.#tenants.get(tenantId)
      if (tenant === undefined) return
      await tenant.topics.close(() => this.#options.catalogue.deleteTenant(tenantId))
      this.#tenants.delete(tenantId)
      for (const record of this.#apiKeys.ofTenant(tenantId)) this.#hideKey(record)
      for (const listener of this.#listeners) listener.onTenantDeleted?.(tenantId)
    })
  }

  apiKeysOf(tenantId: string): readonly ApiKeyRecord[] {
    return this.#apiKeys.ofTenant(tenantId)
  }

  /** The tenant that has this API key, or null. */
  apiKeyTenantId(key: string): string | null {
    return this.#apiKeys.get(key)?.tenantId ?? null
  }

  /** Why this key cannot be created there with this secret, given the keys there are; or null. */
  apiKeyConflict(tenantId: string, key: string, secret: string): ControlRefusal | null {
    const present = this.#apiKeys.get(key)
    return present === undefined ? null : conflictWith(present, tenantId, secret)
  }

  /** Creates a key; one that is there with the same tenant and secret is left as it is. */
  putApiKey(tenantId: string, key: string, secret: string): Promise<ApiKeyRecord | ControlRefusal> {
    const problem = apiKeyProblem(key) ?? apiSecretProblem(secret)
    if (problem !== null) return Promise.resolve(refusedAs('invalid', problem))
    return this.#change(async () => {
      const tenant = this.#tenants.get(tenantId)
      if (tenant === undefined) return refusedAs('absent', `There is no cluster ${tenantId}.`)
      const present = this.#apiKeys.get(key)
      if (present !== undefined) return conflictWith(present, tenantId, secret) ?? present
      if (this.#apiKeys.countOf(tenantId) >= tenant.limits.apiKeys) {
        return refusedAs(
          'limit',
          `The cluster ${tenantId} has ${tenant.limits.apiKeys} API keys already, the most that its type allows.`,
        )
      }
      const createdMs = this.#options.clock.nowMs()
      const record = { key, tenantId, secretHash: hashSecret(secret), createdMs }
      await this.#options.catalogue.putApiKey(record)
      this.#apiKeys.add(record)
      return record
    })
  }

  /** Deletes a tenant's key; no error where it is absent or another tenant's. */
  deleteApiKey(tenantId: string, key: string): Promise<void> {
    return this.#change(async () => {
      const record = this.#apiKeys.get(key)
      if (record?.tenantId !== tenantId) return
      await this.#options.catalogue.deleteApiKey(key)
      this.#hideKey(record)
    })
  }

  /** Stores whether and how a tenant is reached without a key; opening the port is the network's. */
  putOpenListener(
    tenantId: string,
    settings: OpenListenerSettings,
  ): Promise<Tenant | ControlRefusal> {
    const problem =
      openListenerPortProblem(settings.port) ?? openListenerPartitionsProblem(settings.partitions)
    if (problem !== null) return Promise.resolve(refusedAs('invalid', problem))
    return this.#change(async () => {
      const tenant = this.#tenants.get(tenantId)
      if (tenant === undefined) return refusedAs('absent', `There is no cluster ${tenantId}.`)
      if (settings.isOn && this.#hasOpenListenerAt(settings.port, tenant)) {
        // Whose it is would be another tenant's to tell.
        return refusedAs('conflict', `Port ${settings.port} is taken by another cluster.`)
      }
      await this.#options.catalogue.putOpenListener({ tenantId, ...settings })
      tenant.setOpenListener(settings)
      return tenant
    })
  }

  #hasOpenListenerAt(port: number, except: Tenant): boolean {
    if (port === 0) return false
    return this.list().some(
      (tenant) =>
        tenant !== except &&
        tenant.openListener?.isOn === true &&
        tenant.openListener.port === port,
    )
  }

  #authenticateKey(key: string, secret: string): Principal | null {
    const record = this.#apiKeys.get(key)
    const matches = secretMatches(secret, record?.secretHash)
    const tenant = record === undefined ? undefined : this.#tenants.get(record.tenantId)
    return matches && tenant !== undefined ? principalOf(tenant, key, false) : null
  }

  #authenticateInternal(tenantId: string, username: string, password: string): Principal | null {
    const { internalKey } = this.#options
    if (internalKey === undefined) return null
    const matches = internalPasswordMatches(internalKey, username, password)
    const tenant = this.#tenants.get(tenantId)
    return matches && tenant !== undefined ? principalOf(tenant, username, true) : null
  }

  #show(record: TenantRecord): Tenant {
    const { catalogue, logs, clock, nodeIds } = this.#options
    const tenant = new Tenant(record, {
      catalogue,
      logs,
      clock,
      nodeIds,
      onTopicDeleted: (topic) => {
        for (const listener of this.#listeners) listener.onTopicDeleted?.(record.id, topic)
      },
    })
    this.#tenants.set(tenant.id, tenant)
    return tenant
  }

  #hideKey(record: ApiKeyRecord): void {
    this.#apiKeys.remove(record)
    for (const listener of this.#listeners) {
      listener.onApiKeyDeleted?.(record.tenantId, record.key)
    }
  }
}

/** Whether a change to tenants or keys was refused. */
export function isControlRefusal(value: object): value is ControlRefusal {
  return 'refused' in value
}

function principalOf(tenant: Tenant, username: string, internal: boolean): Principal {
  return { tenant, username, principal: `User:${username}`, internal }
}

function conflictWith(
  present: ApiKeyRecord,
  tenantId: string,
  secret: string,
): ControlRefusal | null {
  if (present.tenantId !== tenantId) {
    return refusedAs('conflict', `The API key ${present.key} belongs to another cluster.`)
  }
  return secretMatches(secret, present.secretHash)
    ? null
    : refusedAs('conflict', `The API key ${present.key} exists with another secret.`)
}

function refusedAs(refused: ControlRefusal['refused'], message: string): ControlRefusal {
  return { refused, message }
}

function topicsByTenant(topics: readonly TopicRecord[]): ReadonlyMap<string, TopicRecord[]> {
  const byTenant = new Map<string, TopicRecord[]>()
  for (const topic of topics) {
    const own = byTenant.get(topic.tenantId)
    if (own === undefined) byTenant.set(topic.tenantId, [topic])
    else own.push(topic)
  }
  return byTenant
}
