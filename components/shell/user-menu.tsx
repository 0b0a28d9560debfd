'use client'

import { KeyRound, LogOut, UserX } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Menu, MenuItem, MenuLabel, MenuRule } from '../ui/menu.tsx'
import { signOutAndLeave } from './sign-out.ts'

const ChangePassword = dynamic(() =>
  import('./change-password.tsx').then(({ ChangePassword }) => ChangePassword),
)
const DeleteAccount = dynamic(() =>
  import('./delete-account.tsx').then(({ DeleteAccount }) => DeleteAccount),
)

export function UserMenu({
  person,
}: {
  readonly person: { readonly name: string; readonly email: string }
}) {
  const [open, setOpen] = useState<'password' | 'delete'>()
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Account of ${person.name}`}
            className="ml-1 flex size-7 cursor-pointer items-center justify-center rounded-full border border-line-2 bg-pressed text-tiny font-[600] text-ink-2"
          >
            {initials(person.name)}
          </button>
        }
      >
        <MenuLabel>
          <span className="block font-[580] text-ink">{person.name}</span>
          {person.email}
        </MenuLabel>
        <MenuRule />
        <MenuItem icon={<KeyRound />} onSelect={() => setOpen('password')}>
          Change password…
        </MenuItem>
        <MenuItem icon={<LogOut />} onSelect={() => void signOutAndLeave()}>
          Sign out
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<UserX />} isDanger onSelect={() => setOpen('delete')}>
          Delete account…
        </MenuItem>
      </Menu>
      {open === 'password' ? <ChangePassword onClose={() => setOpen(undefined)} /> : null}
      {open === 'delete' ? (
        <DeleteAccount email={person.email} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
