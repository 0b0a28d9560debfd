import type { ClusterAt } from '../../lib/paths.ts'
import type { TemplateChoice } from '../../lib/queries/add-connector.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { PluginCatalogue } from './plugin-catalogue.tsx'

/** In the place of an empty list: what a connector is, and which there are. */
export function NoConnectors({
  at,
  templates,
}: {
  readonly at: ClusterAt
  readonly templates: readonly TemplateChoice[]
}) {
  return (
    <>
      <PageHeader title="Connectors" />
      <div className="flex max-w-[640px] flex-col gap-1.5 pt-2">
        <h2 className="text-empty tracking-[-0.008em]">No connectors yet</h2>
        <p className="text-ink-2">
          A connector moves records into a topic or out of it without a program of yours: it runs
          beside the cluster, in tasks that are supervised and restarted. Choose a plugin to begin.
        </p>
      </div>
      <PluginCatalogue at={at} templates={templates} isAlone />
    </>
  )
}
