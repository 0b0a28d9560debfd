'use client'

import { ChevronsUpDown, Plus } from 'lucide-react'
import { useState } from 'react'
import { paths } from '../../lib/paths.ts'
import type { Place } from '../../lib/queries/places.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu, MenuLabel, MenuLink, MenuRule } from '../ui/menu.tsx'
import { fetchJson } from './fetch-json.ts'

/** Which environment, or which cluster of it, a part of the breadcrumb names. */
export interface SwitchAt {
  readonly envId: string
  readonly clusterId?: string
}

/** Beside an environment or cluster in the breadcrumb: leads to another one. */
export function PlaceSwitch({ at }: { readonly at: SwitchAt }) {
  const [places, setPlaces] = useState<readonly Place[]>()
  const isCluster = at.clusterId !== undefined
  // Asked each time it opens: others may have made or deleted some.
  const load = async () => setPlaces((await fetchJson<readonly Place[]>(paths.places())) ?? [])
  return (
    <Menu
      align="start"
      onOpen={() => void load()}
      trigger={
        <IconButton
          label={isCluster ? 'Switch cluster' : 'Switch environment'}
          size="small"
          className="-mx-1.5"
        >
          <ChevronsUpDown />
        </IconButton>
      }
    >
      <MenuLabel>{isCluster ? 'Clusters' : 'Environments'}</MenuLabel>
      {places === undefined ? (
        <MenuLabel>Loading…</MenuLabel>
      ) : isCluster ? (
        <ClusterLinks places={places} at={at} />
      ) : (
        places.map(({ envId, name }) => (
          <MenuLink key={envId} href={paths.environment({ envId })} isCurrent={envId === at.envId}>
            {name}
          </MenuLink>
        ))
      )}
      <MenuRule />
      <MenuLink
        href={isCluster ? paths.addCluster(at) : paths.environments()}
        icon={isCluster ? <Plus /> : undefined}
      >
        {isCluster ? 'Add cluster' : 'All environments'}
      </MenuLink>
    </Menu>
  )
}

/** Clusters of this environment first, then those of the others by environment. */
function ClusterLinks({
  places,
  at,
}: {
  readonly places: readonly Place[]
  readonly at: SwitchAt
}) {
  const own = places.filter(({ envId }) => envId === at.envId)
  const others = places.filter(({ envId, clusters }) => envId !== at.envId && clusters.length > 0)
  return [...own, ...others].map(({ envId, name, clusters }) => (
    <div key={envId}>
      {envId === at.envId ? null : <MenuLabel>{name}</MenuLabel>}
      {clusters.map((cluster) => (
        <MenuLink
          key={cluster.clusterId}
          href={paths.cluster({ envId, clusterId: cluster.clusterId })}
          isCurrent={cluster.clusterId === at.clusterId}
        >
          {cluster.name}
        </MenuLink>
      ))}
    </div>
  ))
}
