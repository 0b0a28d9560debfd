'use client'

import { Menu as MenuIcon, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '../ui/button.tsx'

/** The navigation as a drawer, on screens too narrow for the column. */
export function MobileNav({ children }: { readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const pathname = usePathname()
  useEffect(() => setOpen(false), [pathname])
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label="Navigation" size="large" className="mr-1 md:hidden">
          <MenuIcon />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim md:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          className="mobile-nav fixed inset-y-0 left-0 z-50 w-[264px] overflow-y-auto bg-paper px-3 pt-2 pb-4 shadow-pop md:hidden"
        >
          <div className="mb-2 flex items-center justify-between pl-2">
            <Dialog.Title className="text-body">Navigation</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close navigation" size="large">
                <X />
              </IconButton>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
