'use client'

import type { ActionResult } from '../../lib/actions/result.ts'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

/** A change without a form: what goes wrong is said in a toast. */
export function useChange<Input>(
  action: (input: Input) => Promise<ActionResult<unknown>>,
  onChanged: () => Promise<void>,
) {
  return useSubmit<Input, unknown>(
    async (input) => {
      const result = await action(input)
      if ('error' in result) {
        showToast({ kind: 'error', text: result.error.message, code: result.error.code })
      }
      return result
    },
    () => void onChanged(),
  )
}
