'use client'

import { LogOut } from 'lucide-react'
import { signOut } from '../../lib/actions/account.ts'
import { paths } from '../../lib/paths.ts'
import { Menu, MenuItem, MenuLabel, MenuRule } from '../ui/menu.tsx'

export function UserMenu({
  person,
}: {
  readonly person: { readonly name: string; readonly email: string }
}) {
  return (
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
      <MenuItem icon={<LogOut />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  )
}

async function leave() {
  try {
    await signOut({})
  } finally {
    // A full load: nothing of the signed-in pages may stay in the router's cache.
    location.assign(paths.signIn())
  }
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
