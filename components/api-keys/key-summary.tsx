import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import type { KeyPlace } from './create-api-key.tsx'

export function KeySummary({ place }: { readonly place: KeyPlace }) {
  return (
    <Card label="Summary">
      <CardHeader title="Summary" />
      <KeyValues>
        <KeyValue term="Access">Global access</KeyValue>
        <KeyValue term="Owner">{place.owner}</KeyValue>
        <KeyValue term="Resource">
          <span className="block">{place.clusterName}</span>
          <code className="text-label text-ink-2">{place.at.clusterId}</code>
        </KeyValue>
        <KeyValue term="Bootstrap server">
          <code className="text-label">{place.bootstrap}</code>
        </KeyValue>
      </KeyValues>
    </Card>
  )
}
