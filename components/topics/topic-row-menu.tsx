'use client'

import { Ellipsis } from 'lucide-react'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu, MenuItem, MenuLink, MenuRule } from '../ui/menu.tsx'
import { showToast } from '../ui/toasts.ts'

/** The pages of one topic of the list, and its name to copy. */
export function TopicRowMenu({ at }: { readonly at: TopicAt }) {
  const pages = [
    { text: 'Overview', path: paths.topicOverview(at) },
    { text: 'Messages', path: paths.topicMessages(at) },
    { text: 'Configuration', path: paths.topicConfiguration(at) },
    { text: 'Edit settings', path: paths.editTopic(at) },
  ]

  async function copyName() {
    await navigator.clipboard.writeText(at.topic)
    showToast({ text: `Copied ${at.topic}` })
  }

  return (
    <Menu
      trigger={
        <IconButton label={`More of ${at.topic}`}>
          <Ellipsis />
        </IconButton>
      }
    >
      {pages.map(({ text, path }) => (
        <MenuLink key={text} href={path}>
          {text}
        </MenuLink>
      ))}
      <MenuRule />
      <MenuItem onSelect={() => void copyName()}>Copy name</MenuItem>
    </Menu>
  )
}
