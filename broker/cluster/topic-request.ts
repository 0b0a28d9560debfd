import { type Refusal, refuse } from '../errors.ts'
import type { ClusterLimits } from '../rules/limits.ts'
import { topicNameProblem } from '../rules/names.ts'
import { normalTopicConfigValue, topicConfigsProblem } from '../rules/topic-config-checks.ts'
import { defaultPartitions } from '../rules/topic-configs.ts'

/** A topic as a client asks for it. */
export interface TopicRequest {
  readonly name: string
  /** -1 for the default (KIP-464), or where `assignments` are given. */
  readonly partitionCount: number
  /** -1 for the default (KIP-464), or where `assignments` are given. */
  readonly replicationFactor: number
  readonly assignments: readonly ReplicaAssignment[]
  readonly config: Readonly<Record<string, string | null>>
}

export interface ReplicaAssignment {
  readonly partition: number
  readonly nodeIds: readonly number[]
}

/** A topic that may be created. */
export interface PlannedTopic {
  readonly name: string
  readonly partitionCount: number
  readonly replicationFactor: number
  readonly config: Readonly<Record<string, string>>
}

export interface PlanningRules {
  readonly limits: ClusterLimits
  readonly nodeIds: readonly number[]
}

/** Checks everything about a new topic that does not depend on which others there are. */
export function planTopic(
  request: TopicRequest,
  { limits, nodeIds }: PlanningRules,
): PlannedTopic | Refusal {
  const nameProblem = topicNameProblem(request.name)
  if (nameProblem !== null) {
    return refuse('INVALID_TOPIC_EXCEPTION', `Topic name is invalid: ${nameProblem}`)
  }
  const shape =
    request.assignments.length > 0
      ? assignedShapeProblem(request, nodeIds)
      : (partitionCountProblem(request.partitionCount) ??
        replicationFactorProblem(request.replicationFactor, nodeIds))
  if (shape !== null) return shape
  const configProblem = topicConfigsProblem(request.config, limits)
  if (configProblem !== null) return refuse(configProblem.code, configProblem.message)
  return {
    name: request.name,
    partitionCount: plannedPartitionCount(request),
    replicationFactor: nodeIds.length,
    config: normalConfig(request.config),
  }
}

/**
 * Checks a manual assignment of replicas to partitions `first`, `first + 1`, … It is checked as
 * Kafka does, but decides nothing: every node holds every partition, and leaders go round.
 */
export function assignmentsProblem(
  assignments: readonly ReplicaAssignment[],
  first: number,
  nodeIds: readonly number[],
): Refusal | null {
  const partitions = assignments.map((assignment) => assignment.partition).sort((a, b) => a - b)
  if (partitions.some((partition, i) => partition !== first + i)) {
    return refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      'partitions should be a consecutive 0-based integer sequence',
    )
  }
  for (const assignment of assignments) {
    const problem = replicasProblem(assignment, nodeIds)
    if (problem !== null) return problem
  }
  return null
}

function assignedShapeProblem(request: TopicRequest, nodeIds: readonly number[]): Refusal | null {
  if (request.partitionCount !== -1 || request.replicationFactor !== -1) {
    return refuse(
      'INVALID_REQUEST',
      'Both numPartitions or replicationFactor and replicasAssignments were set. Both cannot be used at the same time.',
    )
  }
  return assignmentsProblem(request.assignments, 0, nodeIds)
}

function replicasProblem(
  { partition, nodeIds: replicas }: ReplicaAssignment,
  nodeIds: readonly number[],
): Refusal | null {
  if (replicas.length === 0) {
    return refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment for partition ${partition} includes no replicas.`,
    )
  }
  if (new Set(replicas).size < replicas.length) {
    return refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment for partition ${partition} includes the same broker more than once.`,
    )
  }
  const unknown = replicas.find((nodeId) => !nodeIds.includes(nodeId))
  if (unknown !== undefined) {
    return refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment includes broker ${unknown}, but no such broker is registered.`,
    )
  }
  return replicationFactorProblem(replicas.length, nodeIds)
}

function partitionCountProblem(count: number): Refusal | null {
  return count === -1 || count > 0
    ? null
    : refuse('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.')
}

function replicationFactorProblem(factor: number, nodeIds: readonly number[]): Refusal | null {
  if (factor === -1 || factor === nodeIds.length) return null
  if (factor <= 0) {
    return refuse(
      'INVALID_REPLICATION_FACTOR',
      'Replication factor was set to an invalid non-positive value.',
    )
  }
  return refuse(
    'INVALID_REPLICATION_FACTOR',
    factor > nodeIds.length
      ? `Replication factor: ${factor} larger than available brokers: ${nodeIds.length}.`
      : `Topic replication factor must be ${nodeIds.length}`,
  )
}

function plannedPartitionCount(request: TopicRequest): number {
  if (request.assignments.length > 0) return request.assignments.length
  return request.partitionCount === -1 ? defaultPartitions : request.partitionCount
}

function normalConfig(
  config: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const normal: Record<string, string> = {}
  for (const [name, value] of Object.entries(config)) {
    if (value !== null) normal[name] = normalTopicConfigValue(value)
  }
  return normal
}
