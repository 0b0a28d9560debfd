import type { KafkaErrorName } from '../errors.ts'

/**
 * Holds the leader epoch that a client knows against the partition's (KIP-320): one that is newer
 * means that we are behind, one that is older that the client is. -1 asks for no check.
 */
export function leaderEpochProblem(
  log: { readonly leaderEpoch: number },
  knownEpoch: number,
): KafkaErrorName | null {
  if (knownEpoch < 0 || knownEpoch === log.leaderEpoch) {
    return null
  }
  return knownEpoch > log.leaderEpoch ? 'UNKNOWN_LEADER_EPOCH' : 'FENCED_LEADER_EPOCH'
}
