/**
 * The providers and regions that a cluster can be said to run in. Here they are labels: every
 * cluster runs on this machine. Ids are lower case as in host names; Confluent's cluster API writes
 * the provider in capitals.
 */
export const providers = [
  {
    id: 'aws',
    name: 'Amazon Web Services',
    regions: [
      { id: 'af-south-1', name: 'Cape Town' },
      { id: 'ap-east-1', name: 'Hong Kong' },
      { id: 'ap-northeast-1', name: 'Tokyo' },
      { id: 'ap-northeast-2', name: 'Seoul' },
      { id: 'ap-northeast-3', name: 'Osaka' },
      { id: 'ap-south-1', name: 'Mumbai' },
      { id: 'ap-south-2', name: 'Hyderabad' },
      { id: 'ap-southeast-1', name: 'Singapore' },
      { id: 'ap-southeast-2', name: 'Sydney' },
      { id: 'ap-southeast-3', name: 'Jakarta' },
      { id: 'ap-southeast-4', name: 'Melbourne' },
      { id: 'ap-southeast-5', name: 'Malaysia' },
      { id: 'ap-southeast-7', name: 'Thailand' },
      { id: 'ca-central-1', name: 'Canada Central' },
      { id: 'ca-west-1', name: 'Calgary' },
      { id: 'eu-central-1', name: 'Frankfurt' },
      { id: 'eu-central-2', name: 'Zurich' },
      { id: 'eu-north-1', name: 'Stockholm' },
      { id: 'eu-south-1', name: 'Milan' },
      { id: 'eu-south-2', name: 'Spain' },
      { id: 'eu-west-1', name: 'Ireland' },
      { id: 'eu-west-2', name: 'London' },
      { id: 'eu-west-3', name: 'Paris' },
      { id: 'il-central-1', name: 'Tel Aviv' },
      { id: 'me-central-1', name: 'UAE' },
      { id: 'me-south-1', name: 'Bahrain' },
      { id: 'sa-east-1', name: 'São Paulo' },
      { id: 'us-east-1', name: 'N. Virginia' },
      { id: 'us-east-2', name: 'Ohio' },
      { id: 'us-west-2', name: 'Oregon' },
    ],
  },
  {
    id: 'gcp',
    name: 'Google Cloud',
    regions: [
      { id: 'asia-east1', name: 'Taiwan' },
      { id: 'asia-east2', name: 'Hong Kong' },
      { id: 'asia-northeast1', name: 'Tokyo' },
      { id: 'asia-northeast2', name: 'Osaka' },
      { id: 'asia-northeast3', name: 'Seoul' },
      { id: 'asia-south1', name: 'Mumbai' },
      { id: 'asia-south2', name: 'Delhi' },
      { id: 'asia-southeast1', name: 'Singapore' },
      { id: 'asia-southeast2', name: 'Jakarta' },
      { id: 'australia-southeast1', name: 'Sydney' },
      { id: 'australia-southeast2', name: 'Melbourne' },
      { id: 'europe-central2', name: 'Warsaw' },
      { id: 'europe-north1', name: 'Finland' },
      { id: 'europe-southwest1', name: 'Madrid' },
      { id: 'europe-west1', name: 'Belgium' },
      { id: 'europe-west2', name: 'London' },
      { id: 'europe-west3', name: 'Frankfurt' },
      { id: 'europe-west4', name: 'Netherlands' },
      { id: 'europe-west6', name: 'Zurich' },
      { id: 'europe-west8', name: 'Milan' },
      { id: 'europe-west9', name: 'Paris' },
      { id: 'europe-west12', name: 'Turin' },
      { id: 'me-central2', name: 'Dammam' },
      { id: 'me-west1', name: 'Tel Aviv' },
      { id: 'northamerica-northeast1', name: 'Montréal' },
      { id: 'northamerica-northeast2', name: 'Toronto' },
      { id: 'southamerica-east1', name: 'São Paulo' },
      { id: 'southamerica-west1', name: 'Santiago' },
      { id: 'us-central1', name: 'Iowa' },
      { id: 'us-east1', name: 'South Carolina' },
      { id: 'us-east4', name: 'N. Virginia' },
      { id: 'us-south1', name: 'Dallas' },
      { id: 'us-west1', name: 'Oregon' },
      { id: 'us-west2', name: 'Los Angeles' },
      { id: 'us-west4', name: 'Las Vegas' },
    ],
  },
  {
    id: 'azure',
    name: 'Microsoft Azure',
    regions: [
      { id: 'australiaeast', name: 'New South Wales' },
      { id: 'brazilsouth', name: 'São Paulo' },
      { id: 'canadacentral', name: 'Toronto' },
      { id: 'centralindia', name: 'Pune' },
      { id: 'centralus', name: 'Iowa' },
      { id: 'eastasia', name: 'Hong Kong' },
      { id: 'eastus', name: 'Virginia' },
      { id: 'eastus2', name: 'Virginia' },
      { id: 'francecentral', name: 'Paris' },
      { id: 'germanywestcentral', name: 'Frankfurt' },
      { id: 'italynorth', name: 'Milan' },
      { id: 'japaneast', name: 'Tokyo' },
      { id: 'koreacentral', name: 'Seoul' },
      { id: 'mexicocentral', name: 'Querétaro' },
      { id: 'northeurope', name: 'Ireland' },
      { id: 'norwayeast', name: 'Oslo' },
      { id: 'qatarcentral', name: 'Doha' },
      { id: 'southafricanorth', name: 'Johannesburg' },
      { id: 'southcentralus', name: 'Texas' },
      { id: 'southeastasia', name: 'Singapore' },
      { id: 'spaincentral', name: 'Madrid' },
      { id: 'swedencentral', name: 'Gävle' },
      { id: 'switzerlandnorth', name: 'Zurich' },
      { id: 'uaenorth', name: 'Dubai' },
      { id: 'uksouth', name: 'London' },
      { id: 'westeurope', name: 'Netherlands' },
      { id: 'westus2', name: 'Washington' },
      { id: 'westus3', name: 'Phoenix' },
    ],
  },
] as const satisfies readonly Provider[]

export type ProviderId = (typeof providers)[number]['id']

export interface Provider {
  readonly id: string
  readonly name: string
  readonly regions: readonly Region[]
}

export interface Region {
  readonly id: string
  /** Where it is, as people call the place. */
  readonly name: string
}

/** The provider of that id, or undefined. */
export function providerById(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id)
}

/** The region of that id at that provider, or undefined. */
export function regionById(providerId: string, regionId: string): Region | undefined {
  return providerById(providerId)?.regions.find((region) => region.id === regionId)
}

/** Why a cluster cannot be placed there, or null. */
export function placeProblem(providerId: string, regionId: string): string | null {
  const provider = providerById(providerId)
  if (provider === undefined) {
    return `'${providerId}' is not a provider; use ${providers.map(({ id }) => id).join(', ')}.`
  }
  return regionById(providerId, regionId) === undefined
    ? `${provider.name} has no region '${regionId}'.`
    : null
}
