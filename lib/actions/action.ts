import 'server-only'
import { headers } from 'next/headers'
import { forbidden, notFound, unauthorized } from 'next/navigation'
import type { z } from 'zod'
import { isUnwritable } from '../../prisma/adapter/errors.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import { readSession, type SignedIn } from '../auth/session.ts'
import { failed } from '../errors.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { type Reached, reachMilestone } from '../milestones.ts'
import type { ActionResult } from './result.ts'

/**
 * The one way into every server action. In this order: who asks (HTTP 401), from where (403), is
 * what they name theirs (404), are the arguments good (fields with sentences), then the work.
 *
 * Ownership comes before the arguments, so that a stranger learns nothing from a validation error.
 * The statuses are those that Next sets when an action throws `unauthorized()`, `forbidden()` or
 * `notFound()`.
 */
export interface ActionDefinition<Input extends z.ZodType, Scope, Value> {
  /** Finds what the action is about, by the unchecked arguments; null where it is not the caller's. */
  readonly scope: (session: SignedIn, named: Named) => Promise<Scope | null>
  readonly input: Input
  readonly run: (
    context: { readonly session: SignedIn; readonly scope: Scope },
    input: z.output<Input>,
  ) => Promise<ActionResult<Value>>
  /** The step of the tutorial that has been taken once this has happened. */
  readonly reaches?: (done: {
    readonly scope: Scope
    readonly input: z.output<Input>
    readonly value: Value
  }) => Reached | null
}

/** Reads one of the arguments as text, before they are validated. */
export type Named = (name: string) => string

export function action<Input extends z.ZodType, Scope, Value>(
  definition: ActionDefinition<Input, Scope, Value>,
): (input: z.input<Input>) => Promise<ActionResult<Value>> {
  return async (raw) => {
    const session = (await readSession()) ?? unauthorized()
    await requireSameOrigin()
    const scope = (await definition.scope(session, textIn(raw))) ?? notFound()
    return parseThenRun(definition.input, raw, async (input) => {
      const result = await definition.run({ session, scope }, input)
      const reached =
        'ok' in result ? definition.reaches?.({ scope, input, value: result.ok }) : null
      if (reached) await reachMilestone(session.userId, reached)
      return result
    })
  }
}

/** An action that anybody may call, such as signing up: everything but the session and ownership. */
export function publicAction<Input extends z.ZodType, Value>(definition: {
  readonly input: Input
  readonly run: (input: z.output<Input>) => Promise<ActionResult<Value>>
}): (input: z.input<Input>) => Promise<ActionResult<Value>> {
  return async (raw) => {
    await requireSameOrigin()
    return parseThenRun(definition.input, raw, definition.run)
  }
}

async function parseThenRun<Input extends z.ZodType, Value>(
  schema: Input,
  raw: unknown,
  run: (input: z.output<Input>) => Promise<ActionResult<Value>>,
): Promise<ActionResult<Value>> {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) return failed('INVALID_INPUT', fieldErrors(parsed.error))
  try {
    return await run(parsed.data)
  } catch (error) {
    if (isUnwritable(error)) return failed('DISK_FULL')
    const kafka = asKafkaFailure(error)
    if (kafka === null) throw error
    return { error: { code: kafka.code, message: kafka.message } }
  }
}

async function requireSameOrigin(): Promise<void> {
  if (!isSameOrigin(await headers())) forbidden()
}

function textIn(raw: unknown): Named {
  return (name) => {
    if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, name)) return ''
    const value: unknown = Reflect.get(raw, name)
    return typeof value === 'string' ? value : ''
  }
}

/** The first sentence per field, by its top-level name. */
function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const name = issue.path.join('.')
    fields[name] ??= issue.message
  }
  return fields
}
