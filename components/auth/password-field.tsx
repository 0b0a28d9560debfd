'use client'

import { useState } from 'react'
import { TextField, type TextFieldProps } from '../ui/field.tsx'

/** A password that can be shown while it is typed. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'aside'>) {
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      isLarge
      type={isShown ? 'text' : 'password'}
      aside={
        <button
          type="button"
          onClick={() => setShown(!isShown)}
          aria-label={isShown ? 'Hide password' : 'Show password'}
          className="cursor-pointer rounded-sm text-field-label font-[540] text-river hover:underline"
        >
          {isShown ? 'Hide' : 'Show'}
        </button>
      }
    />
  )
}
