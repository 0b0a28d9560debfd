import 'server-only'
import type { SignedIn } from '../auth/session.ts'
import { connectControl } from '../connect-control.ts'
import { consoleDb } from '../db.ts'
import { type TutorialProgress, type TutorialStep, tutorialSteps } from '../format/tutorial.ts'
import { milestonesOf, reachMilestone } from '../milestones.ts'
import { type ClusterAt, paths } from '../paths.ts'
import type { LiveUpdate } from './live.ts'
import { ownedBy } from './ownership.ts'

/**
 * How far the caller is in the tutorial. Most steps are noted by the actions that take them; that a
 * connector runs and that a rate moved are things that nobody clicks, and are looked at here.
 */
export async function readLearn(session: SignedIn): Promise<TutorialProgress> {
  const [clusters, reached] = await Promise.all([
    ownClusters(session),
    milestonesOf(session.userId),
  ])
  const at = (step: TutorialStep) => {
    const clusterId = reached.get(step)?.clusterId
    return clusters.find((cluster) => cluster.clusterId === clusterId)
  }
  const where: Where = {
    // Where the tutorial was last carried on; without that, the cluster that was made last.
    cluster: at('topic') ?? at('api-key') ?? at('cluster') ?? clusters[0],
    topic: at('topic') && reached.get('topic')?.name,
    connector: null,
  }
  const launched = await launchedConnector(where.cluster)
  if (launched?.isRunning === true && where.cluster !== undefined && !reached.has('connector')) {
    await reachMilestone(session.userId, {
      step: 'connector',
      clusterId: where.cluster.clusterId,
      name: launched.name,
    })
  }
  where.connector = launched?.name ?? null
  const isDone: Record<TutorialStep, boolean> = {
    cluster: reached.has('cluster'),
    'api-key': reached.has('api-key'),
    topic: reached.has('topic'),
    message: reached.has('message'),
    connector: reached.has('connector') || launched?.isRunning === true,
    rate: reached.has('rate'),
    pause: reached.has('pause'),
  }
  return {
    steps: tutorialSteps.map(({ id }) => ({ id, isDone: isDone[id], href: leadTo(id, where) })),
  }
}

/** Notes that somebody has seen a topic's production move, on the page that shows it. */
export async function noteSeenRate(
  session: SignedIn,
  clusterId: string,
  { topic }: LiveUpdate,
): Promise<void> {
  const isMoving = (topic?.rates?.productionBytesPerSecond ?? 0) > 0
  if (topic === undefined || !isMoving || seen.has(session.userId)) return
  seen.add(session.userId)
  await reachMilestone(session.userId, { step: 'rate', clusterId, name: topic.name })
}

/** Whose rate was noted since the console's start: an update every five seconds writes nothing more. */
const seen = new Set<string>()

/** After *Start over* it counts again. */
export function forgetSeenRate(userId: string): void {
  seen.delete(userId)
}

interface Where {
  readonly cluster: ClusterAt | undefined
  readonly topic: string | null | undefined
  connector: string | null
}

function leadTo(step: TutorialStep, { cluster, topic, connector }: Where): string {
  if (step === 'cluster' || cluster === undefined) return paths.home()
  if (step === 'api-key') return paths.createApiKey(cluster)
  if (step === 'topic') return paths.createTopic(cluster)
  if (step === 'connector') return paths.connectorPlugins(cluster)
  if (step === 'pause') {
    return connector === null
      ? paths.connectors(cluster)
      : paths.connector({ ...cluster, connector })
  }
  if (topic === null || topic === undefined) return paths.topics(cluster)
  const at = { ...cluster, topic }
  return step === 'message' ? paths.topicMessages(at, { produce: '1' }) : paths.topicOverview(at)
}

/** The newest first. */
async function ownClusters(session: SignedIn): Promise<readonly ClusterAt[]> {
  const rows = await consoleDb().cluster.findMany({
    where: { environment: ownedBy(session), state: { not: 'deleting' } },
    select: { id: true, environmentId: true },
    orderBy: { createdMs: 'desc' },
  })
  return rows.map(({ id, environmentId }) => ({ envId: environmentId, clusterId: id }))
}

/** A connector of the cluster, one that runs rather than one that does not. */
async function launchedConnector(
  cluster: ClusterAt | undefined,
): Promise<{ readonly name: string; readonly isRunning: boolean } | null> {
  if (cluster === undefined) return null
  const { envId: environmentId, clusterId } = cluster
  const answer = await connectControl().connectors({ environmentId, clusterId })
  if (!answer.ok) return null
  const all = Object.entries(answer.value).map(([name, { status }]) => ({
    name,
    isRunning: status?.connector.state === 'RUNNING',
  }))
  return all.find(({ isRunning }) => isRunning) ?? all[0] ?? null
}
