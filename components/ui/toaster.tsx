'use client'

import { Check, CircleAlert, X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { IconButton } from './button.tsx'
import { dismissToast, type ShownToast, toastDurationMs, toastStore } from './toasts.ts'

/** Where toasts appear: bottom right. They wait while the pointer is on them; F8 leads to them. */
export function Toaster() {
  const toasts = useSyncExternalStore(
    toastStore.subscribe,
    toastStore.read,
    toastStore.readOnServer,
  )
  return (
    <Radix.Provider label="Notification" swipeDirection="right">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <Radix.Viewport className="fixed right-4 bottom-4 z-[60] flex w-[400px] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </Radix.Provider>
  )
}

function ToastCard({ toast }: { readonly toast: ShownToast }) {
  const isError = toast.kind === 'error'
  return (
    <Radix.Root
      // Polite for both: an error has been announced where it happened, if it stopped something.
      type="background"
      duration={isError ? Number.POSITIVE_INFINITY : toastDurationMs}
      onOpenChange={(isOpen) => isOpen || dismissToast(toast.id)}
      className="toast flex items-start gap-2.5 rounded-lg bg-sheet py-2.5 pr-2 pl-3.5 shadow-pop"
    >
      <span className="mt-0.5 shrink-0 [&_svg]:size-4 [&_svg]:stroke-[1.75]">
        {isError ? (
          <CircleAlert aria-hidden="true" className="text-red" />
        ) : (
          <Check aria-hidden="true" className="text-moss" />
        )}
      </span>
      <Radix.Description className="min-w-0 flex-1 break-words">
        {toast.text}
        {toast.code === undefined ? null : (
          <span className="block text-label text-ink-2">{toast.code}</span>
        )}
      </Radix.Description>
      {toast.action === undefined ? null : (
        <Radix.Action altText={toast.action.label} asChild>
          <button
            type="button"
            onClick={toast.action.onSelect}
            className="cursor-pointer rounded-sm px-1 font-[560] text-river hover:text-river-hover"
          >
            {toast.action.label}
          </button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton label="Close notification" size="small" className="my-0 mt-[-2px]">
          <X />
        </IconButton>
      </Radix.Close>
    </Radix.Root>
  )
}
