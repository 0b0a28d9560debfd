import { errorCode } from '../errors.ts'
import { ListConfigResources } from '../protocol/messages/list-config-resources.ts'
import { configResources } from './config-codes.ts'
import { handler, type RequestContext } from './handler.ts'

/**
 * ListConfigResources (key 74), versions 0–1.
 *
 * Names the topics and nodes, which have configs. Loggers, client metrics and groups have none
 * here. Version 0 knows of client metrics alone (KIP-714), version 1 of every kind (KIP-1142).
 */
export const listConfigResources = handler(ListConfigResources, (context, request) => {
  const known: readonly number[] = Object.values(configResources)
  const asked = context.apiVersion === 0 ? [configResources.CLIENT_METRICS] : request.resourceTypes
  if (asked.some((type) => !known.includes(type))) {
    return { errorCode: errorCode('UNSUPPORTED_VERSION'), configResources: [] }
  }
  const types = new Set(asked.length === 0 ? known : asked)
  return {
    errorCode: errorCode('NONE'),
    configResources: [...types].flatMap((resourceType) =>
      namesOf(context, resourceType).map((resourceName) => ({ resourceName, resourceType })),
    ),
  }
})

function namesOf({ tenant, connection }: RequestContext, resourceType: number): readonly string[] {
  switch (resourceType) {
    case configResources.TOPIC:
      return tenant.topics.list().map(({ name }) => name)
    case configResources.BROKER:
      return connection.nodes.map(({ nodeId }) => String(nodeId))
    default:
      return []
  }
}
