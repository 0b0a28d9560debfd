'use client'

import { useId } from 'react'
import { type ConfigFieldsProps, TopicConfigField } from './config-field.tsx'
import type { ConfigGroup } from './config-groups.ts'

/** Groups of configs, each under its heading. */
export function ConfigSections({
  groups,
  ...fields
}: ConfigFieldsProps & { readonly groups: readonly ConfigGroup[] }) {
  return groups.map((group) => <Section key={group.title} group={group} {...fields} />)
}

function Section({ group, ...fields }: ConfigFieldsProps & { readonly group: ConfigGroup }) {
  const headingId = useId()
  return (
    <section
      aria-labelledby={headingId}
      className="flex flex-col gap-3.5 border-t border-line pt-5"
    >
      <h2 id={headingId} className="text-section tracking-[-0.008em]">
        {group.title}
      </h2>
      <div className="grid grid-cols-1 items-start gap-x-5 gap-y-4 sm:grid-cols-2">
        {group.fields.map((field) => (
          <TopicConfigField key={field.name} field={field} {...fields} />
        ))}
      </div>
    </section>
  )
}
