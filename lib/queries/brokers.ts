import 'server-only'
import { brokerControl } from '../broker-control.ts'
import { consoleSettings } from '../env.ts'

export interface Brokers {
  readonly up: number
  readonly all: number
}

/** All of them are one process: either it answers for the nodes that it listens as, or none is up. */
export async function readBrokers(): Promise<Brokers> {
  const status = await brokerControl().status()
  return {
    up: status.ok ? status.value.ports.length : 0,
    all: consoleSettings().kafkaPorts.length,
  }
}
