/**
 * The ports on which clusters are reached without a key: which are open, and why one that should be
 * is not.
 *
 * Invariants
 * - A port is open only while its cluster's setting is on. Whoever turns it off is obeyed at once,
 *   before that is stored.
 * - Changes happen one at a time, so that a port is never opened for a setting that is gone.
 */
import { randomInt } from 'node:crypto'
import type { Identity } from '../api/context.ts'
import { oneAtATime } from '../cluster/one-at-a-time.ts'
import type { Tenant } from '../cluster/tenant.ts'
import { type ControlRefusal, isControlRefusal, type Tenants } from '../cluster/tenants.ts'
import {
  type OpenListenerSettings,
  openListenerDefaults,
  openListenerPortProblem,
  openListenerPorts,
} from '../rules/open-listener.ts'
import type { ListenFailure } from './listeners.ts'
import type { Log } from './log-lines.ts'
import type { OpenPort, OpenPortResult } from './open-port.ts'

export interface OpenListeners {
  /** Opens what is on. One whose port is taken is told of, and keeps nothing else from starting. */
  start(): Promise<void>
  /** Turns a cluster's on, or changes it while it is; a port that cannot be opened changes nothing. */
  turnOn(tenantId: string, wanted: WantedListener): Promise<Tenant | ControlRefusal>
  /** Ends its connections; no error where it is off or the cluster absent. */
  turnOff(tenantId: string): Promise<void>
  /** Why a cluster's is on and yet not open, in a sentence; null where all is well. */
  problemOf(tenantId: string): string | null
  /** Closes the port of a cluster that is gone. */
  tenantDeleted(tenantId: string): void
}

export interface WantedListener extends Pick<OpenListenerSettings, 'createTopics' | 'partitions'> {
  /** Absent for the one that it had; 0 for a free one. */
  readonly port?: number | undefined
}

export interface OpenListenersOptions {
  readonly tenants: Tenants
  /** Who connects to a tenant without a key. */
  readonly identityOf: (tenant: Tenant) => Identity
  readonly openPort: (port: number, identity: Identity) => Promise<OpenPortResult>
  /**
   * Ports that are the program's own. Some systems (macOS, BSD) let a second listener take one on
   * loopback while the first has it on all addresses, so asking the system is not enough.
   */
  readonly ownPorts: readonly number[]
  readonly log: Log
}

export function createOpenListeners(options: OpenListenersOptions): OpenListeners {
  const { tenants, log } = options
  const open = new Map<string, OpenPort>()
  const problems = new Map<string, string>()
  const change = oneAtATime()

  function close(tenantId: string) {
    open.get(tenantId)?.close()
    open.delete(tenantId)
    problems.delete(tenantId)
  }

  function keep(tenant: Tenant, opened: OpenPort) {
    close(tenant.id)
    open.set(tenant.id, opened)
    log(
      `Cluster ${tenant.id} takes connections without a key at localhost:${opened.port}: every program on this machine can read, write and delete everything in it.`,
    )
  }

  async function openStored(tenant: Tenant, settings: OpenListenerSettings) {
    const opened = await openFor(tenant, settings.port)
    const stored = isControlRefusal(opened) ? opened : await store(tenant, settings, opened)
    if (isControlRefusal(stored)) {
      problems.set(tenant.id, stored.message)
      log(`Cluster ${tenant.id} takes no connections without a key: ${stored.message}`)
    }
  }

  async function openFor(tenant: Tenant, port: number): Promise<OpenPort | ControlRefusal> {
    if (options.ownPorts.includes(port)) {
      return refused(
        'conflict',
        `Port ${port} is already in use by Tributary itself: choose another, or 0 for a free one.`,
      )
    }
    const identity = options.identityOf(tenant)
    const result = await openAt(port, options.ownPorts, (each) => options.openPort(each, identity))
    return result.ok ? result.opened : refused('conflict', describeFailure(result.failure))
  }

  /** Keeps a port that has been opened, once that is stored; closes it where it cannot be. */
  async function store(
    tenant: Tenant,
    settings: Omit<OpenListenerSettings, 'port' | 'isOn'>,
    opened: OpenPort,
  ): Promise<Tenant | ControlRefusal> {
    const before = open.get(tenant.id)
    const { createTopics, partitions } = settings
    const { port } = opened
    try {
      const next = { isOn: true, port, createTopics, partitions }
      const stored = await tenants.putOpenListener(tenant.id, next)
      // A deletion that came in between has told of itself already.
      if (tenants.get(tenant.id) !== stored) return stored
      if (opened !== before) keep(tenant, opened)
      return stored
    } finally {
      if (open.get(tenant.id) !== opened) opened.close()
    }
  }

  async function turnOn(tenantId: string, wanted: WantedListener) {
    const tenant = tenants.get(tenantId)
    if (tenant === undefined) return refused('absent', `There is no cluster ${tenantId}.`)
    const before = open.get(tenantId)
    const port = wanted.port ?? (tenant.openListener ?? openListenerDefaults).port
    const problem = openListenerPortProblem(port)
    if (problem !== null) return refused('invalid', problem)
    const opened = before?.port === port ? before : await openFor(tenant, port)
    return isControlRefusal(opened) ? opened : store(tenant, wanted, opened)
  }

  async function turnOff(tenantId: string) {
    const settings = tenants.get(tenantId)?.openListener
    close(tenantId)
    if (settings?.isOn !== true) return
    problems.set(tenantId, 'It is closed, but that could not be stored: turn it off again.')
    await tenants.putOpenListener(tenantId, { ...settings, isOn: false })
    problems.delete(tenantId)
  }

  return {
    start: () =>
      change(async () => {
        for (const tenant of tenants.list()) {
          const { openListener } = tenant
          if (openListener?.isOn === true) await openStored(tenant, openListener)
        }
      }),
    turnOn: (tenantId, wanted) => change(() => turnOn(tenantId, wanted)),
    turnOff: (tenantId) => change(() => turnOff(tenantId)),
    problemOf: (tenantId) => problems.get(tenantId) ?? null,
    tenantDeleted: close,
  }
}

/** How many ports are tried where any will do. */
const FREE_PORT_ATTEMPTS = 50

/** Opens this port; for 0 one that will be free at the next start too, or else any. */
async function openAt(
  port: number,
  ownPorts: readonly number[],
  openPort: (port: number) => Promise<OpenPortResult>,
): Promise<OpenPortResult> {
  if (port !== 0) return openPort(port)
  for (let attempt = 1; attempt <= FREE_PORT_ATTEMPTS; attempt++) {
    const tried = randomInt(openListenerPorts.from, openListenerPorts.to + 1)
    if (ownPorts.includes(tried)) continue
    const result = await openPort(tried)
    if (result.ok) return result
  }
  return openPort(0)
}

function describeFailure({ code, port }: ListenFailure): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is already in use on this machine: choose another, or 0 for a free one.`
    case 'EACCES':
      return `Port ${port} may not be opened by the user who runs this: choose another.`
    default:
      return `Port ${port} could not be opened (${code}): choose another, or 0 for a free one.`
  }
}

function refused(kind: ControlRefusal['refused'], message: string): ControlRefusal {
  return { refused: kind, message }
}
