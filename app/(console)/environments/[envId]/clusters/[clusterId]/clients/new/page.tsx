import type { Metadata } from 'next'
import { BuildClient } from '@/components/clients/build-client'
import { Page } from '@/components/shell/page'
import { ciClusterId } from '@/lib/ci-cluster'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { listApiKeys } from '@/lib/queries/api-keys'
import { requireCluster } from '@/lib/queries/ownership'
import { listTopics, topicTuple } from '@/lib/queries/topics'

export const metadata: Metadata = { title: 'New client' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** More than this, and a name is typed more quickly than it is found. */
const topicsMax = 500

export default async function BuildClientPage({ params, searchParams }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.buildClient(at))
  const query = await searchParams
  const settings = consoleSettings()
  const [apiKeys, listed] = await Promise.all([listApiKeys(cluster), listTopics(cluster)])
  // A cluster that does not answer has topics all the same: then the name is typed.
  const topics =
    'ok' in listed
      ? listed.ok.map(topicTuple).flatMap(([name, , isInternal]) => (isInternal ? [] : [name]))
      : null
  return (
    <Page>
      <BuildClient
        at={at}
        clusterName={cluster.name}
        bootstrap={settings.bootstrap}
        restUrl={settings.consoleUrl}
        reach={settings.reach}
        ciClusterId={ciClusterId}
        protocols={[...settings.securityProtocols].reverse()}
        apiKeys={apiKeys.map(({ key, description }) => ({ key, description }))}
        topics={topics === null || topics.length > topicsMax ? null : topics}
        topicCount={topics?.length ?? 0}
        asked={{
          language: textOf(query.language),
          library: textOf(query.library),
          topic: textOf(query.topic),
          key: textOf(query.key),
          protocol: textOf(query.protocol),
          place: textOf(query.place),
        }}
      />
    </Page>
  )
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
