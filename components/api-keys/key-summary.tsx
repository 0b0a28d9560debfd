import { keyFileText, type NewApiKey } from '../../lib/format/key-file.ts'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import type { KeyPlace } from './create-api-key.tsx'

/** What the key will be; once it is made, the file that it is downloaded as, without the secret. */
export function KeySummary({
  place,
  apiKey,
}: {
  readonly place: KeyPlace
  readonly apiKey?: NewApiKey
}) {
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
      {apiKey === undefined ? null : (
        <div className="border-t border-line px-4 py-2.5">
          <div className="flex justify-between text-label text-ink-2">
            The file you download
            <span>.txt</span>
          </div>
          <pre className="mt-1.5 text-label whitespace-pre-wrap break-all text-ink-2">
            {keyFileText(place.at.clusterId, {
              ...apiKey,
              secret: `${apiKey.secret.slice(0, 12)}…`,
            }).trimEnd()}
          </pre>
        </div>
      )}
    </Card>
  )
}
