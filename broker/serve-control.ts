import type { Clock } from './clock.ts'
import type { ControlSubject } from './control/control.ts'

/** Where and for whom the control interface is served. */
export interface ControlOptions {
  /** 0 takes a free one. */
  readonly port?: number
  readonly token: string
}

type Parts = Omit<ControlSubject, 'startedMs' | 'nowMs' | 'eventLoopDelay'> & {
  readonly clock: Clock
}

/** Why the control interface could not be served, in a sentence that names the variable to change. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem'
}

/**
 * Serves the control interface where it is asked for. It is loaded only then: a broker in a test has
 * no use for an HTTP server.
 */
export async function serveControl(
  options: ControlOptions | undefined,
  { clock, ...parts }: Parts,
): Promise<{ readonly url: string; close(): void } | null> {
  if (options === undefined) {
    return null
  }
  const [{ openControl }, { startEventLoopDelay }] = await Promise.all([
    import('./control/control.ts'),
    import('./control/event-loop-delay.ts'),
  ])
  const { token, port = 0 } = options
  const eventLoopDelay = startEventLoopDelay()
  const nowMs = () => clock.nowMs()
  const subject = { ...parts, startedMs: nowMs(), nowMs, eventLoopDelay }
  const result = await openControl(subject, { token, port })
  if (!result.ok) {
    eventLoopDelay.stop()
    throw new ControlProblem(
      `Port ${port} for the control interface could not be opened (${result.code}): set TRIBUTARY_CONTROL_PORT to 0.`,
    )
  }
  return {
    url: result.control.url,
    close() {
      eventLoopDelay.stop()
      result.control.close()
    },
  }
}
