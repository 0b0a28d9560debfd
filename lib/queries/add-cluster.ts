import 'server-only'
import { clusterTypes } from '../../broker/rules/limits.ts'
import { type Availability, availabilities } from '../format/availabilities.ts'
import { type LimitView, limitsOfType } from './cluster-limits.ts'
import { listProviders, type ProviderChoice } from './clusters.ts'

export const addClusterSteps = ['type', 'region', 'payment', 'review'] as const
export type AddClusterStep = (typeof addClusterSteps)[number]

/** What the address of *Create cluster* says: the step, and what was chosen on the way there. */
export interface AddClusterChoices {
  readonly step: AddClusterStep
  readonly type: 'BASIC' | 'STANDARD'
  readonly provider: string
  readonly region: string
  readonly availability: Availability
}

export interface AddClusterOptions {
  readonly providers: readonly (ProviderChoice & { readonly firstRegion: string })[]
  readonly limits: Readonly<Record<'BASIC' | 'STANDARD', readonly LimitView[]>>
}

/** The region that a provider's list opens with; London is the one of the course. */
const firstRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-2',
  gcp: 'europe-west2',
  azure: 'uksouth',
}

/** Choices as the address has them; whatever does not exist becomes what the form opens with. */
export function readAddClusterChoices(
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): AddClusterChoices {
  const provider =
    listProviders().find(({ id }) => id === query.provider) ??
    listProviders().find(({ id }) => id === 'gcp')
  const region =
    provider?.regions.find(({ id }) => id === query.region)?.id ??
    firstRegions[provider?.id ?? ''] ??
    ''
  const type = clusterTypes.find((candidate) => candidate === query.type)
  return {
    // Without a type the other steps have nothing to be about.
    step:
      type === undefined ? 'type' : (addClusterSteps.find((step) => step === query.step) ?? 'type'),
    type: type ?? 'BASIC',
    provider: provider?.id ?? '',
    region,
    availability: availabilities.find((one) => one === query.availability) ?? 'SINGLE_ZONE',
  }
}

export function addClusterOptions(): AddClusterOptions {
  return {
    providers: listProviders().map((provider) => ({
      ...provider,
      firstRegion: firstRegions[provider.id] ?? '',
    })),
    limits: { BASIC: limitsOfType('BASIC'), STANDARD: limitsOfType('STANDARD') },
  }
}
