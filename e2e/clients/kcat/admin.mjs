// The `admin` command with kcat, which has no admin calls: it lists metadata and looks offsets up.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { partitionsOf, serveAdmin } from '../admin-steps.mjs'

const times = { earliest: -2, latest: -1 }

export function administer(connection) {
  const kcat = async (...options) => {
    const { stdout } = await promisify(execFile)('kcat', [...connection, ...options])
    return stdout
  }
  const metadata = async (...options) => JSON.parse(await kcat('-L', '-J', ...options))

  const steps = {
    async listTopics() {
      const { topics } = await metadata()
      return topics.map(({ topic }) => topic)
    },
    async describeTopic({ topic }) {
      const [described] = (await metadata('-t', topic)).topics
      if (described.error !== undefined) throw new Error(described.error)
      return described.partitions.map(({ partition, leader, replicas, isrs }) => ({
        partition,
        leader,
        replicas: replicas.map(({ id }) => id),
        isr: isrs.map(({ id }) => id),
      }))
    },
    async describeCluster() {
      const { brokers } = await metadata()
      const nodes = brokers.map(({ id, name }) => {
        const colon = name.lastIndexOf(':')
        return { id, host: name.slice(0, colon), port: Number(name.slice(colon + 1)) }
      })
      return { nodes }
    },
    async listOffsets(request) {
      const at = times[request.at] ?? request.at
      const places = partitionsOf(request).flatMap((partition) => [
        '-t',
        `${request.topic}:${partition}:${at}`,
      ])
      const lines = (await kcat('-Q', ...places)).trim().split('\n')
      const found = new Map(lines.map((line) => /\[(\d+)\] offset (-?\d+)/.exec(line).slice(1)))
      return partitionsOf(request).map((partition) => Number(found.get(`${partition}`)))
    },
  }
  // It names errors by their texts; none of them is asked for here.
  return serveAdmin(steps, () => undefined)
}
