import { DescribeAcls } from '../../broker/protocol/messages/describe-acls.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'

/** Kafka's number for "any" in every filter (`ResourceType.ANY`, `AclOperation.ANY` and the like). */
const any = 1

/** How many rules a cluster has. Rejects with `SECURITY_DISABLED` where it keeps none. */
export async function countAcls(nodes: Nodes): Promise<number> {
  const filter = {
    resourceTypeFilter: any,
    resourceNameFilter: null,
    patternTypeFilter: any,
    principalFilter: null,
    hostFilter: null,
    operation: any,
    permissionType: any,
  }
  const answer = await nodes.ask((connection) => connection.call(DescribeAcls, filter))
  if (answer.errorCode !== 0) throw failureOfCode(answer.errorCode, answer.errorMessage)
  return answer.resources.reduce((sum, { acls }) => sum + acls.length, 0)
}
