import { paths } from '../../lib/paths.ts'
import { KeyValue, KeyValues } from '../ui/card.tsx'
import { CommandBlock } from '../ui/command-block.tsx'
import { CopyText } from '../ui/copy-button.tsx'

/** Where programs without a Kafka client send their requests, and one to begin with. */
export function RestEndpoint({
  url,
  clusterId,
}: {
  /** Of the console: its port answers Kafka REST as well. */
  readonly url: string
  readonly clusterId: string
}) {
  const command = `curl -u API_KEY:API_SECRET \\\n  ${url}${paths.restTopics({ clusterId })}`
  return (
    <div className="border-t border-line pb-3">
      <KeyValues>
        <KeyValue term="REST endpoint">
          <CopyText text={url} label="Copy REST endpoint" />
        </KeyValue>
      </KeyValues>
      <div className="px-4">
        <p className="pb-1.5 text-label text-ink-3">
          Kafka REST v3, with a key of this cluster as user and its secret as password:
        </p>
        <CommandBlock text={command} />
      </div>
    </div>
  )
}
