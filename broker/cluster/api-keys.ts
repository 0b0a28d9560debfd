import type { ApiKeyRecord } from '../storage/storage.ts'

/** Every API key of the installation, by key and by tenant. A key belongs to one tenant only. */
export class ApiKeys {
  readonly #byKey = new Map<string, ApiKeyRecord>()
  readonly #byTenant = new Map<string, Map<string, ApiKeyRecord>>()

  get(key: string): ApiKeyRecord | undefined {
    return this.#byKey.get(key)
  }

  /** The keys of a tenant, in no order that would mean anything. */
  ofTenant(tenantId: string): readonly ApiKeyRecord[] {
    return [...(this.#byTenant.get(tenantId)?.values() ?? [])]
  }

  countOf(tenantId: string): number {
    return this.#byTenant.get(tenantId)?.size ?? 0
  }

  add(record: ApiKeyRecord): void {
    this.#byKey.set(record.key, record)
    const keys = this.#byTenant.get(record.tenantId) ?? new Map<string, ApiKeyRecord>()
    this.#byTenant.set(record.tenantId, keys.set(record.key, record))
  }

  remove(record: ApiKeyRecord): void {
    this.#byKey.delete(record.key)
    const keys = this.#byTenant.get(record.tenantId)
    keys?.delete(record.key)
    if (keys?.size === 0) this.#byTenant.delete(record.tenantId)
  }
}
