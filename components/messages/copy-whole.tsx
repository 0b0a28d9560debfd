'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { Button } from '../ui/button.tsx'
import { showToast } from '../ui/toasts.ts'

/** Copies all of a key or value, also where only its beginning is shown; bytes as hexadecimal digits. */
export function CopyWhole({
  name,
  payload,
  loadAll,
}: {
  readonly name: 'Key' | 'Value'
  readonly payload: Payload
  readonly loadAll: () => Promise<MessageRow | null>
}) {
  const [isCopied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  async function copy() {
    const whole = payload.isWhole ? payload : await part(name, loadAll)
    if (whole === null) return
    try {
      await navigator.clipboard.writeText(whole.text)
    } catch {
      showToast({ kind: 'error', text: 'The browser did not let the console copy.' })
      return
    }
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), 2000)
  }

  return (
    <>
      <Button
        size="small"
        icon={isCopied ? <Check className="text-moss" /> : <Copy />}
        onClick={() => void copy()}
        aria-label={`Copy ${name.toLowerCase()}`}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  )
}

async function part(name: 'Key' | 'Value', loadAll: () => Promise<MessageRow | null>) {
  const message = await loadAll()
  return message === null ? null : name === 'Key' ? message.key : message.value
}
