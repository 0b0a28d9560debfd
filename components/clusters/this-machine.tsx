import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-button.tsx'

/** Where all clusters of this installation run, whatever their region says. */
export function ThisMachine({
  bootstrap,
  kafkaPorts,
}: {
  readonly bootstrap: string
  readonly kafkaPorts: readonly number[]
}) {
  return (
    <Card label="This machine">
      <CardHeader title="This machine" />
      <KeyValues>
        <KeyValue term="Bootstrap server">
          <CopyText text={bootstrap} label="Copy address of the brokers" />
        </KeyValue>
        <KeyValue term="Brokers">{kafkaPorts.length}</KeyValue>
        <KeyValue term="On ports">{kafkaPorts.join(', ')}</KeyValue>
        <KeyValue term="Security">
          <code className="text-label">SASL_PLAINTEXT</code>
        </KeyValue>
      </KeyValues>
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
        All clusters share these brokers. The API key that a program signs in with decides which
        cluster it sees.
      </p>
    </Card>
  )
}
