'use client'

import { Copy, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem, MenuRule } from '../ui/menu.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { showToast } from '../ui/toasts.ts'
import { Line, Specimen } from './specimen.tsx'

/** What opens over the page; it takes the theme of the page, not of its column. */
export function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'drawer'>()
  return (
    <Specimen title="Overlays">
      <Line>
        <Menu trigger={<Button>Menu</Button>}>
          <MenuItem icon={<Send />} shortcut="N" onSelect={() => {}}>
            Produce new message
          </MenuItem>
          <MenuItem icon={<Copy />} onSelect={() => {}}>
            Clone topic
          </MenuItem>
          <MenuRule />
          <MenuItem icon={<Trash2 />} isDanger onSelect={() => {}}>
            Delete topic…
          </MenuItem>
        </Menu>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('drawer')}>Drawer</Button>
        <Button onClick={() => showToast({ text: 'Paused OrdersConnector_tutorial.' })}>
          Toast
        </Button>
        <Button
          onClick={() =>
            showToast({
              kind: 'error',
              text: 'Topic not created: tutorial_topic exists already.',
              code: 'TOPIC_ALREADY_EXISTS (36)',
              action: { label: 'Open it', onSelect: () => {} },
            })
          }
        >
          Error
        </Button>
      </Line>
      <ConfirmByName
        isOpen={open === 'dialog'}
        onOpenChange={() => setOpen(undefined)}
        title="Delete OrdersConnector_tutorial?"
        consequence="It stops sending to tutorial_topic. The topic and its 6,243 messages stay."
        name="OrdersConnector_tutorial"
        action="Delete connector"
        isBusy={false}
        error={undefined}
        onConfirm={() => setOpen(undefined)}
      />
      {open === 'drawer' ? (
        <SidePanel title="Message details" onClose={() => setOpen(undefined)} isSheetWhenNarrow>
          <p className="px-5 py-4 text-ink-2">Not modal: the page stays in use.</p>
        </SidePanel>
      ) : null}
    </Specimen>
  )
}
