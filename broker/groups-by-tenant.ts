import type { Clock } from './clock.ts'
import type { Tenant } from './cluster/tenant.ts'
import { GroupCoordinator } from './coordinator/group/coordinator.ts'
import type { CatalogueSnapshot, CatalogueStore } from './storage/storage.ts'

/** The group coordinator of each tenant: made with what storage had, or empty at first need. */
export interface GroupsByTenant {
  of(tenant: Tenant): GroupCoordinator
  topicDeleted(tenantId: string, topicId: string): void
  tenantDeleted(tenantId: string): void
  /** Answers whoever waits. Writes under way go on. */
  close(): void
}

export interface GroupsByTenantOptions {
  readonly snapshot: CatalogueSnapshot
  readonly catalogue: CatalogueStore
  readonly clock: Clock
  readonly log: (line: string) => void
}

export function createGroupsByTenant(options: GroupsByTenantOptions): GroupsByTenant {
  const { catalogue, clock, log } = options
  const groups = groupedByTenant(options.snapshot.groups)
  const offsets = groupedByTenant(options.snapshot.offsets)
  const coordinators = new Map<string, GroupCoordinator>()

  function close(tenantId: string) {
    coordinators.get(tenantId)?.close()
    coordinators.delete(tenantId)
  }

  return {
    of(tenant) {
      const known = coordinators.get(tenant.id)
      if (known !== undefined) {
        return known
      }
      const coordinator = new GroupCoordinator({
        tenantId: tenant.id,
        catalogue,
        clock,
        topics: tenant.topics,
        groups: groups.get(tenant.id) ?? [],
        offsets: offsets.get(tenant.id) ?? [],
        log,
      })
      // What storage had is true once: a tenant deleted and made again begins with nothing.
      groups.delete(tenant.id)
      offsets.delete(tenant.id)
      coordinators.set(tenant.id, coordinator)
      return coordinator
    },
    topicDeleted: (tenantId, topicId) => coordinators.get(tenantId)?.topicDeleted(topicId),
    tenantDeleted(tenantId) {
      groups.delete(tenantId)
      offsets.delete(tenantId)
      close(tenantId)
    },
    close() {
      for (const tenantId of [...coordinators.keys()]) close(tenantId)
    },
  }
}

function groupedByTenant<T extends { readonly tenantId: string }>(
  records: readonly T[],
): Map<string, T[]> {
  const byTenant = new Map<string, T[]>()
  for (const record of records) {
    const own = byTenant.get(record.tenantId)
    if (own === undefined) byTenant.set(record.tenantId, [record])
    else own.push(record)
  }
  return byTenant
}
