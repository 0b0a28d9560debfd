// ListGroups (key 16), versions 0–5.
//
// Lists the tenant's groups. Tools ask every node and join the answers by group id, so each node
// lists only the groups that FindCoordinator sends to it.
// v3 is flexible; v4 filters by state (KIP-518), v5 by type (KIP-848), both without regard to case.
// Differs from Kafka: nothing that a client can see.
import { errorCode } from '../errors.ts'
import { ListGroups } from '../protocol/messages/list-groups.ts'
import { coordinatorOf } from './find-coordinator.ts'
import { handler } from './handler.ts'

const CLASSIC = 'classic'

export const listGroups = handler(ListGroups, (ctx, { statesFilter, typesFilter }) => {
  const { nodeId, nodes } = ctx.connection
  const groups = ctx.groups
    .describeAll()
    .filter(({ groupId }) => coordinatorOf(groupId, nodes)?.nodeId === nodeId)
    .filter(({ state }) => passes(statesFilter, state) && passes(typesFilter, CLASSIC))
  return {
    errorCode: errorCode('NONE'),
    groups: groups.map(({ groupId, protocolType, state }) => ({
      groupId,
      protocolType,
      groupState: state,
      groupType: CLASSIC,
    })),
  }
})

/** An empty filter lets everything through. */
function passes(filter: readonly string[], value: string): boolean {
  const wanted = value.toLowerCase()
  return filter.length === 0 || filter.some((entry) => entry.toLowerCase() === wanted)
}
