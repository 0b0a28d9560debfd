import { errorCode, kafkaErrors } from '../errors.ts'
import { DescribeCluster } from '../protocol/messages/describe-cluster.ts'
import { authorizedOperations, OPERATIONS_NOT_REQUESTED } from '../rules/acl-operations.ts'
import { handler } from './handler.ts'

/** Whom a client wants described (KIP-919): brokers, or the controllers behind them. */
const BROKERS = 1
const CONTROLLERS = 2

/** Tells the nodes of the cluster. */
export const describeCluster = handler(DescribeCluster, ({ tenant, connection }, request) => {
  const { nodes } = connection
  if (request.endpointType !== BROKERS) {
    const error =
      request.endpointType === CONTROLLERS
        ? 'MISMATCHED_ENDPOINT_TYPE'
        : 'UNSUPPORTED_ENDPOINT_TYPE'
    return {
      errorCode: errorCode(error),
      errorMessage: kafkaErrors[error].message,
      endpointType: BROKERS,
      clusterId: '',
      brokers: [],
    }
  }
  return {
    errorCode: errorCode('NONE'),
    endpointType: BROKERS,
    clusterId: tenant.id,
    controllerId: nodes[0]?.nodeId ?? -1,
    brokers: nodes.map(({ nodeId, host, port }) => ({ brokerId: nodeId, host, port })),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedOperations('CLUSTER')
      : OPERATIONS_NOT_REQUESTED,
  }
})
