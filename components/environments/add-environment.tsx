'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CreateEnvironment } from './environment-name.tsx'

export function AddEnvironment() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button tone="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen(true)}>
        Add environment
      </Button>
      {isOpen ? <CreateEnvironment onClose={() => setOpen(false)} /> : null}
    </>
  )
}
