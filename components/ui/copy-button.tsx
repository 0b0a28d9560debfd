'use client'

import { Check, Copy, Link } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'

/** Copies `text`; the check mark stays for 2 s, and a screen reader hears it. */
export function CopyButton({
  text,
  label,
  hasText = false,
  words,
}: {
  readonly text: string
  /** What is copied, e.g. “Copy cluster ID”. */
  readonly label: string
  readonly hasText?: boolean
  /** What stands on the button instead of “Copy”, as high as the fields beside it. */
  readonly words?: string
}) {
  const { isCopied, copy } = useCopy(() => text)
  const icon = isCopied ? <Check className="text-moss" /> : <Copy />
  return (
    <>
      {hasText || words !== undefined ? (
        <Button
          size={words === undefined ? 'small' : 'medium'}
          icon={icon}
          onClick={copy}
          aria-label={label}
        >
          {isCopied ? 'Copied' : (words ?? 'Copy')}
        </Button>
      ) : (
        <IconButton label={label} size="small" onClick={copy}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  )
}

/** Copies the address of a page of this console. */
export function CopyLinkButton({ path, label }: { readonly path: string; readonly label: string }) {
  const { isCopied, copy } = useCopy(() => new URL(path, location.href).href)
  return (
    <>
      <IconButton label={label} onClick={copy}>
        {isCopied ? <Check className="text-moss" /> : <Link />}
      </IconButton>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  )
}

function useCopy(read: () => string) {
  const [isCopied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    isCopied,
    async copy() {
      await navigator.clipboard.writeText(read())
      setCopied(true)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setCopied(false), 2000)
    },
  }
}

/** An id or address in mono with its copy button. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code className="text-label">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  )
}
