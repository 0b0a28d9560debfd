import type { Tenant } from './tenant.ts'

/**
 * Whose the answer is: `owner`, what the arguments name and nobody else's; `caller`, what belongs to
 * whoever is signed in; `everyone`, the same for all.
 */
export type Whose = 'owner' | 'caller' | 'everyone'

export const datagen = { plugin: 'DatagenSource' }

export const placeOf = ({ envId, clusterId }: Tenant) => ({ envId, clusterId })
