/** What a form shows: a sentence, its code, and what is wrong with single fields. */
export interface ActionError {
  /** A code of lib/errors.ts, or Kafka's error name, e.g. `TOPIC_ALREADY_EXISTS`. */
  readonly code: string
  readonly message: string
  /** Sentences by field name. */
  readonly fields?: Readonly<Record<string, string>>
}

/** What an action answers its caller. Strangers and the signed-out get an HTTP status instead. */
export type ActionResult<Value> = { readonly ok: Value } | { readonly error: ActionError }
