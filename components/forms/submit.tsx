'use client'

import { useEffect, useRef, useState } from 'react'
import type { ActionError, ActionResult } from '../../lib/actions/result.ts'
import { Note } from '../ui/note.tsx'

/**
 * Sends a form to a server action: one at a time, errors as a value, and what failed on the way (the
 * console stopped, the session ended) as an error too, so that a form never loses what was typed.
 */
export function useSubmit<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
  onDone: (value: Value) => void,
) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()
  const isSending = useRef(false)

  // After the fields have been marked.
  useEffect(() => {
    if (error?.fields !== undefined) focusFirstInvalid()
  }, [error])

  async function submit(input: Input) {
    if (isSending.current) return
    isSending.current = true
    setBusy(true)
    const result = await send(action, input)
    isSending.current = false
    setBusy(false)
    setError('error' in result ? result.error : undefined)
    if ('ok' in result) onDone(result.ok)
  }

  return { submit, isBusy, error, clearError: () => setError(undefined) }
}

/** The part of an error that belongs to no field. */
export function FormError({ error }: { readonly error: ActionError | undefined }) {
  if (error === undefined || error.fields !== undefined) return null
  return (
    <Note kind="error">
      {error.message}
      <span className="block text-label text-ink-2">{error.code}</span>
    </Note>
  )
}

async function send<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
  input: Input,
): Promise<ActionResult<Value>> {
  try {
    return await action(input)
  } catch (thrown) {
    return { error: errorOf(thrown) }
  }
}

/** What an action throws: Next's marks of HTTP statuses, or that the console did not answer. */
function errorOf(thrown: unknown): ActionError {
  const digest =
    typeof thrown === 'object' && thrown !== null && 'digest' in thrown ? String(thrown.digest) : ''
  if (digest.endsWith(';401')) {
    return {
      code: 'NOT_SIGNED_IN',
      message: 'You are signed out. Log in again in another tab, then send this once more.',
    }
  }
  if (digest.endsWith(';404')) {
    return { code: 'NOT_FOUND', message: 'This no longer exists. Someone may have deleted it.' }
  }
  return {
    code: 'NO_ANSWER',
    message: 'The console did not answer. Check that it is running, then send this once more.',
  }
}

function focusFirstInvalid() {
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
