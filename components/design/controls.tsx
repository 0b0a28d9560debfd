'use client'

import { Download, Plus } from 'lucide-react'
import { useState } from 'react'
import { StateBadge } from '../states/state-badge.tsx'
import type { StateName } from '../states/states.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ChoiceTiles } from '../ui/choice-tiles.tsx'
import { CodeField } from '../ui/code-field.tsx'
import { Field, TextField } from '../ui/field.tsx'
import { QuantityField } from '../ui/quantity-field.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { SelectField } from '../ui/select.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { Switch } from '../ui/switch.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { Line, Specimen } from './specimen.tsx'

export function Buttons() {
  return (
    <Specimen title="Buttons: 36, 32, 28">
      <Line>
        <Button tone="primary" size="large">
          Launch cluster
        </Button>
        <Button tone="primary" icon={<Plus />}>
          Add topic
        </Button>
        <Button>Explore metrics</Button>
      </Line>
      <Line>
        <Button size="small" icon={<Download />}>
          CSV
        </Button>
        <Button tone="ghost">Cancel</Button>
        <Button tone="danger">Delete connector</Button>
        <Button disabledReason="The group is active.">Reset offsets</Button>
        <Button tone="primary" isBusy>
          Create topic
        </Button>
        <Tooltip text="A sentence about it">
          <IconButton label="Add">
            <Plus />
          </IconButton>
        </Tooltip>
      </Line>
    </Specimen>
  )
}

const weekday = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const retentions = ['1 hour', '12 hours', '1 day', ...weekday].map((word) => ({
  value: word,
  label: word,
}))

export function Fields() {
  const [partitions, setPartitions] = useState('6')
  const [retention, setRetention] = useState('1 day')
  const [policy, setPolicy] = useState<'delete' | 'compact'>('delete')
  const [amount, setAmount] = useState('7')
  const [unit, setUnit] = useState('days')
  const [search, setSearch] = useState('')
  const [value, setValue] = useState('{\n  "orderid": 18,\n  "itemid": "Item_184"\n}')
  return (
    <Specimen title="Fields">
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label="Topic name"
          required
          defaultValue="tutorial topic"
          error="Use letters, digits, “.”, “_” and “-”."
        />
        <TextField
          label="Partitions"
          required
          hint="Most consumers that can share the work."
          value={partitions}
          onChange={(event) => setPartitions(event.target.value)}
        />
        <SelectField
          label="Starts on"
          options={retentions}
          value={retention}
          onChange={setRetention}
        />
        <QuantityField
          label="Retention time"
          value={amount}
          onChange={setAmount}
          unit={unit}
          units={['hours', 'days', 'weeks']}
          onUnitChange={setUnit}
        />
        <Segmented
          label="Cleanup policy"
          isLarge
          options={[
            { value: 'delete', label: 'Delete' },
            { value: 'compact', label: 'Compact' },
          ]}
          value={policy}
          onChange={setPolicy}
        />
        <SearchField label="Search topics" value={search} onChange={setSearch} />
      </div>
      <Field label="Value" hint="Numbers and colours while it is typed.">
        {(control) => (
          <CodeField
            {...control}
            isJson
            rows={4}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
    </Specimen>
  )
}

export function Choices() {
  const [isLive, setLive] = useState(true)
  const [isForever, setForever] = useState(false)
  const [isInternal, setInternal] = useState(true)
  const [type, setType] = useState<'BASIC' | 'STANDARD'>('BASIC')
  return (
    <Specimen title="Choices">
      <Line>
        <Switch label="Auto-refresh" isOn={isLive} onChange={setLive} />
        <Switch label="Infinite retention" isOn={isForever} onChange={setForever} />
        <Checkbox label="Show internal" isChecked={isInternal} onChange={setInternal} />
      </Line>
      <ChoiceTiles
        label="Cluster type"
        columns={2}
        choices={[
          { value: 'BASIC', title: 'Basic', detail: 'For learning and exploring.' },
          { value: 'STANDARD', title: 'Standard', detail: 'For production.' },
        ]}
        value={type}
        onChange={setType}
      />
      <Stepper steps={['Cluster type', 'Region', 'Review']} current={1} />
    </Specimen>
  )
}

const shown: readonly StateName[] = [
  'PROVISIONING',
  'RUNNING',
  'DEGRADED',
  'PAUSED',
  'FAILED',
  'IDLE',
  'DELETED',
]

export function States() {
  return (
    <Specimen title="States: colour, shape and word">
      <Line>
        {shown.map((state) => (
          <StateBadge key={state} state={state} isPill />
        ))}
      </Line>
    </Specimen>
  )
}
