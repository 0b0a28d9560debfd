'use client'

import { RadioGroup as Radix } from 'radix-ui'
import { Segmented } from '../ui/segmented.tsx'
import { clientLanguages } from './snippets/languages.ts'
import type { ClientLanguage, ClientLibrary } from './snippets/program.ts'

/** The language, and where it has more than one library, which of them. */
export function LanguageTiles({
  language,
  library,
  onChange,
}: {
  readonly language: ClientLanguage
  readonly library: ClientLibrary
  readonly onChange: (language: ClientLanguage, library: ClientLibrary) => void
}) {
  function choose(id: string) {
    const next = clientLanguages.find((candidate) => candidate.id === id)
    const first = next?.libraries[0]
    if (next !== undefined && first !== undefined) onChange(next, first)
  }
  return (
    <div className="flex flex-col items-start gap-2.5">
      <Radix.Root
        aria-label="Language"
        value={language.id}
        onValueChange={choose}
        className="grid w-full grid-cols-2 gap-1.5 sm:grid-cols-4"
      >
        {clientLanguages.map(({ id, name }) => (
          <Radix.Item
            key={id}
            value={id}
            className="flex h-9 cursor-pointer items-center justify-center rounded-md border border-line-2 bg-sheet font-[560] hover:bg-hover data-[state=checked]:border-river data-[state=checked]:bg-river-tint data-[state=checked]:shadow-[inset_0_0_0_1px_var(--river)] focus-visible:data-[state=checked]:shadow-[inset_0_0_0_1px_var(--river),0_0_0_2px_var(--sheet),0_0_0_4px_var(--river)]"
          >
            {name}
          </Radix.Item>
        ))}
      </Radix.Root>
      {language.libraries.length === 1 ? (
        <p className="text-label text-ink-2">
          By <code>{library.name}</code>.
        </p>
      ) : (
        <Segmented
          label="Library"
          options={language.libraries.map(({ id, name }) => ({ value: id, label: name }))}
          value={library.id}
          onChange={(id) => {
            const next = language.libraries.find((candidate) => candidate.id === id)
            if (next !== undefined) onChange(language, next)
          }}
        />
      )}
    </div>
  )
}
