import { type ClientCounters, createClientCounters } from '../metrics/client-counters.ts'
import { type ClusterLimits, type ClusterType, limitsOf } from '../rules/limits.ts'
import type { OpenListenerSettings } from '../rules/open-listener.ts'
import type { TenantRecord } from '../storage/storage.ts'
import { FetchSessions } from './fetch-sessions.ts'
import { Topics, type TopicsOptions } from './topics.ts'

export type TenantOptions = Omit<TopicsOptions, 'tenantId' | 'limits'>

/** One cluster as its clients see it. Nothing of another tenant can be reached from here. */
export class Tenant {
  /** `lkc-…`; also Kafka's cluster id. */
  readonly id: string
  readonly createdMs: number
  readonly topics: Topics
  /** What its clients moved; what internal principals do is not counted here. */
  readonly clients: ClientCounters = createClientCounters()
  readonly fetchSessions = new FetchSessions()
  #openListener: OpenListenerSettings | null = null
  #type: ClusterType
  #overrides: Readonly<Record<string, number>>

  constructor(record: TenantRecord, options: TenantOptions) {
    this.id = record.id
    this.createdMs = record.createdMs
    this.#type = clusterTypeOf(record)
    this.#overrides = record.limits
    this.topics = new Topics({ ...options, tenantId: record.id, limits: () => this.limits })
  }

  get type(): ClusterType {
    return this.#type
  }

  /** The limits that hold: the type's, with this tenant's own in their place. */
  get limits(): ClusterLimits {
    return limitsOf(this.#type, this.#overrides)
  }

  /** The limits that were set for this tenant alone, by name. */
  get limitOverrides(): Readonly<Record<string, number>> {
    return this.#overrides
  }

  /** Whether and how programs on this machine reach it without a key; null where nobody ever set it. */
  get openListener(): OpenListenerSettings | null {
    return this.#openListener
  }

  /** Takes over settings that have been stored; they hold for open connections too. */
  setOpenListener(settings: OpenListenerSettings): void {
    this.#openListener = settings
  }

  /** Takes over a type and limits that have been stored. */
  update(record: TenantRecord): void {
    this.#type = clusterTypeOf(record)
    this.#overrides = record.limits
  }
}

/** A type that a later version stored and this one does not know has the narrowest limits. */
function clusterTypeOf(record: TenantRecord): ClusterType {
  return record.type === 'STANDARD' ? 'STANDARD' : 'BASIC'
}
