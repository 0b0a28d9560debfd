import { cpus } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { connectAtRate } from './connections/arrivals.ts'
import { type BrokerForConnections, startForConnections } from './connections/broker.ts'
import { type HeldConnections, holdConnections } from './connections/held.ts'
import { probeProduce } from './connections/probe.ts'
import { connectAtOnce } from './connections/storm.ts'
import { processorSeconds, residentMebibytes } from './kafka/process-usage.ts'
import { percentile } from './percentile.ts'

/**
 * `npm run bench -- connections`: what connections cost that are open and idle, and those that come
 * and go. BENCH_CONNECTIONS (2,000) are held while BENCH_PER_SECOND (200) come for BENCH_SECONDS (60),
 * one of BENCH_TLS_EVERY (10) by TLS; then as many as were held come at once. Fails where one of them
 * is not served.
 */
const count = Number(process.env.BENCH_CONNECTIONS ?? 2000)
const perSecond = Number(process.env.BENCH_PER_SECOND ?? 200)
const seconds = Number(process.env.BENCH_SECONDS ?? 60)
const tlsEvery = Number(process.env.BENCH_TLS_EVERY ?? 10)
const idleSeconds = 15
const produces = { count: 1000, everyMs: 10 }

export async function benchConnections(): Promise<void> {
  console.log(`${count} connections, 1 of ${tlsEvery} by TLS, ${cpus().length} cores`)
  // What comes and goes finds a place beside what is held.
  const subject = await startForConnections(count + perSecond * 10)
  try {
    const held = await measureHeld(subject)
    await measureArrivals(subject, held)
    held.close()
    await measureStorm(subject)
  } finally {
    await subject.stop()
  }
}

/** Memory of each, and what the broker does while they say nothing. */
async function measureHeld({ broker, target }: BrokerForConnections): Promise<HeldConnections> {
  await probeProduce(target, { count: 200, everyMs: 1 })
  await delay(2000)
  const before = { mebibytes: residentMebibytes(broker.pid), cpu: processorSeconds(broker.pid) }
  const held = await holdConnections(target, { count, tlsEvery })
  const openedCpu = processorSeconds(broker.pid) - before.cpu
  await delay(5000)
  const grown = residentMebibytes(broker.pid) - before.mebibytes
  console.log(`  memory before              ${before.mebibytes.toFixed(0)} MiB`)
  console.log(`  memory of a connection     ${((grown * 1024) / count).toFixed(1)} KiB`)
  console.log(`  processor to sign one in   ${((openedCpu * 1000) / count).toFixed(2)} ms`)
  const idleFrom = processorSeconds(broker.pid)
  await delay(idleSeconds * 1000)
  const idleShare = (processorSeconds(broker.pid) - idleFrom) / idleSeconds
  console.log(`  processor while all idle   ${(idleShare * 100).toFixed(1)} % of one core`)
  console.log(`  a produce meanwhile        ${times(await probeProduce(target, produces))}`)
  return held
}

/** Clients that come and go, beside those that stay. */
async function measureArrivals(
  { broker, target }: BrokerForConnections,
  held: HeldConnections,
): Promise<void> {
  const lateness = monitorEventLoopDelay({ resolution: 10 })
  lateness.enable()
  const from = processorSeconds(broker.pid)
  const [{ signedInMs, failures }, producedMs] = await Promise.all([
    connectAtRate(target, { perSecond, seconds, tlsEvery }),
    probeProduce(target, { ...produces, count: seconds * 20, everyMs: 40 }),
  ])
  const spent = processorSeconds(broker.pid) - from
  lateness.disable()
  console.log(`  ${perSecond} connects a second for ${seconds} s: ${failures.length} failed`)
  console.log(`  until signed in            ${times(signedInMs)}`)
  console.log(`  a produce meanwhile        ${times(producedMs)}`)
  console.log(`  processor                  ${((spent / seconds) * 100).toFixed(0)} % of one core`)
  // Where clients themselves find no processor, nothing is said of the broker.
  console.log(`  these clients late by      p99 ${(lateness.percentile(99) / 1e6).toFixed(1)} ms`)
  console.log(`  memory at most             ${broker.peakMiB().toFixed(0)} MiB`)
  for (const failure of failures.slice(0, 5)) console.log(`  PROBLEM: ${failure}`)
  const served = await held.countServed()
  console.log(`  ${served} of the ${held.count} that were held are still served`)
  if (failures.length > 0 || served < held.count) process.exitCode = 1
}

/** All of them at the same moment, as after a start of the broker. */
async function measureStorm({ broker, target }: BrokerForConnections): Promise<void> {
  const from = processorSeconds(broker.pid)
  const { signedInMs, failures } = await connectAtOnce(target, { count, tlsEvery })
  const spent = processorSeconds(broker.pid) - from
  console.log(`  ${count} connect at once: ${failures.length} failed`)
  console.log(`  until signed in            ${times(signedInMs)}`)
  console.log(`  processor                  ${spent.toFixed(1)} s`)
  for (const failure of failures.slice(0, 5)) console.log(`  PROBLEM: ${failure}`)
  if (failures.length > 0) process.exitCode = 1
}

function times(ms: readonly number[]): string {
  const shown = (share: number) => `${percentile(ms, share).toFixed(1)} ms`
  return `p50 ${shown(0.5)}  p99 ${shown(0.99)}  max ${shown(1)}`
}
