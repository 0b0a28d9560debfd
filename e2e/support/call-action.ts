import { z } from 'zod'
import { type Answer, ask } from './http-request.ts'
import { actionQuestion, actionResult, readServerActions } from './server-actions.ts'

export interface ActionCall {
  readonly action: string
  readonly page: string
  readonly argument: unknown
  readonly cookie?: string
  /** Null sends no `Origin` at all. */
  readonly origin?: string | null
}

/** A call of the named action; with the console's own origin unless the call says otherwise. */
export function callAction(consoleUrl: string, call: ActionCall): Promise<Answer> {
  const action = readServerActions().find(({ name }) => name === call.action)
  if (action === undefined) throw new Error(`The build has no action ${call.action}`)
  const question = actionQuestion(action, call)
  const origin = call.origin === undefined ? consoleUrl : call.origin
  const headers = {
    ...question.headers,
    ...(call.cookie === undefined ? {} : { cookie: call.cookie }),
    ...(origin === null ? {} : { origin }),
  }
  return ask(consoleUrl, { ...question, headers })
}

const success = z.object({ ok: z.record(z.string(), z.unknown()) })

/** What a successful action answered; throws where it did not succeed. */
export function successOf(answer: Answer): Record<string, unknown> {
  const result = success.safeParse(actionResult(answer))
  if (answer.status === 200 && result.success) return result.data.ok
  throw new Error(`The action was answered ${answer.status} ${answer.text.slice(0, 400)}`)
}
