import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { MapDrawing } from '../ui/map-drawing.tsx'
import { MessageTableHead } from './message-table.tsx'

/** Nothing in the topic: the table's head stays, and the next step is named. */
export function EmptyTopic({ onProduce }: { readonly onProduce: () => void }) {
  return (
    <div>
      <div aria-hidden="true" className="overflow-hidden">
        <table className="w-full border-collapse text-left">
          <MessageTableHead />
        </table>
      </div>
      <EmptyState
        title="This topic is empty"
        actions={
          <Button tone="primary" onClick={onProduce}>
            Produce new message
          </Button>
        }
        drawing={<MapDrawing kind="dry" className="w-full" />}
      >
        Produce your first message by hand, or with any Kafka client and an API key of this cluster.
        It appears here as soon as it is written.
      </EmptyState>
    </div>
  )
}
