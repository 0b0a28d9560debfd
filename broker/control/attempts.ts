import { Hono } from 'hono'
import { isLoopback, withoutMapping } from '../network/advertised.ts'
import type { ConnectionAttempt } from '../network/connection-attempt.ts'
import type { EndedAttempts } from '../network/connection-attempts.ts'
import type { ConnectionAttemptsView, ConnectionAttemptView } from '../rules/connection-attempts.ts'
import { problemRemedy, problemSentence } from '../rules/connection-problems.ts'
import type { ControlSubject } from './control.ts'
import { controlError } from './errors.ts'

/** A stranger that has only just connected is most likely about to sign in. */
const strangerMs = 1000

/**
 * What became of connections, open and ended. A tenant is told of those that named one of its keys.
 * Who named none is told of to a viewer on the peer's own machine alone, without a name of theirs.
 */
export function attemptRoutes({ tenants, network, nowMs }: ControlSubject): Hono {
  const routes = new Hono()
  routes.get('/:tenantId/connection-attempts', (context) => {
    const tenantId = context.req.param('tenantId')
    if (tenants.get(tenantId) === undefined) {
      return controlError(context, 'NOT_FOUND', `There is no cluster ${tenantId}.`)
    }
    const { key, viewer } = context.req.query()
    const takenMs = nowMs()
    // Thousands may be open, of which these are few.
    const open = network.connections().flatMap((connection): EndedAttempts[] => {
      const { identity } = connection.signIn
      const isTold = identity === null || identity.tenant.id === tenantId
      return isTold ? [{ last: connection.attempt(), count: 1 }] : []
    })
    const own = [...open.filter(isOf(tenantId)), ...network.attempts.ofTenant(tenantId)]
    const strangers = [
      ...open.filter(({ last }) => isStranger(last) && takenMs - last.openedMs >= strangerMs),
      ...network.attempts.ofStrangers(),
    ]
    const view: ConnectionAttemptsView = {
      takenMs,
      attempts: newestFirst(own.filter(({ last }) => !key || last.claim?.key === key)).map(viewOf),
      strangers: viewer
        ? newestFirst(strangers.filter(({ last }) => isSameMachine(viewer, last))).map(strangerOf)
        : [],
    }
    return context.json(view)
  })
  return routes
}

function isOf(tenantId: string) {
  return ({ last: { claim, isInternal } }: EndedAttempts) =>
    claim?.tenantId === tenantId && !isInternal
}

function isStranger({ claim, isInternal }: ConnectionAttempt): boolean {
  return claim === null && !isInternal
}

/** Whether a browser's address is that of a client; this machine has several. */
function isSameMachine(viewer: string, { host, isFromThisMachine }: ConnectionAttempt): boolean {
  return isLoopback(viewer) ? isFromThisMachine : withoutMapping(viewer) === withoutMapping(host)
}

function newestFirst(attempts: readonly EndedAttempts[]): readonly EndedAttempts[] {
  return [...attempts].sort((a, b) => latestMs(b.last) - latestMs(a.last))
}

function latestMs({ openedMs, closedMs }: ConnectionAttempt): number {
  return closedMs ?? openedMs
}

function viewOf({ last, count }: EndedAttempts): ConnectionAttemptView {
  const { host: address, claim, problem, isFromThisMachine, isInternal, ...told } = last
  return {
    ...told,
    count,
    address,
    key: claim?.key ?? null,
    problem: problem && {
      code: problem.code,
      sentence: problemSentence(problem),
      remedy: problemRemedy(problem),
      atMs: problem.atMs,
    },
  }
}

/** Two people may share a machine: nothing that a stranger's program was told stands in it. */
function strangerOf(attempts: EndedAttempts): ConnectionAttemptView {
  return { ...viewOf(attempts), key: null, clientId: null }
}
