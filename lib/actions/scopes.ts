import 'server-only'
import type { SignedIn } from '../auth/session.ts'
import { findOwnCluster, findOwnEnvironment, findOwnOrganisation } from '../queries/ownership.ts'
import type { Named } from './action.ts'

/** The environment that the argument `envId` names, where it is the caller's. */
export function environmentScope(session: SignedIn, named: Named) {
  return findOwnEnvironment(session, named('envId'))
}

/** The cluster that the arguments `envId` and `clusterId` name, where it is the caller's. */
export function clusterScope(session: SignedIn, named: Named) {
  return findOwnCluster(session, { envId: named('envId'), clusterId: named('clusterId') })
}

/** The organisation of the caller. */
export function organisationScope(session: SignedIn) {
  return findOwnOrganisation(session)
}
