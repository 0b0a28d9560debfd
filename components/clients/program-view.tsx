'use client'

import { Download } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { saveTextFile } from '../api-keys/save-text-file.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { CommandBlock } from '../ui/command-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { ProgramCode } from './program-code.tsx'
import type { ClientLibrary, ProgramFile, ProgramInput } from './snippets/program.ts'

/** The programs of a library with what was chosen put in, to copy or to save. */
export function ProgramView({
  library,
  input,
  placeFiles,
}: {
  readonly library: ClientLibrary
  readonly input: ProgramInput
  /** What the place needs that it runs in, each with a tab of its own. */
  readonly placeFiles: readonly ProgramFile[]
}) {
  const [current, setCurrent] = useState('producer')
  const tabs = tabsOf(library, input, placeFiles)
  const chosen = tabs.find(({ id }) => id === current) ?? tabs[0]
  if (chosen === undefined) return null
  const { file } = chosen
  return (
    <Card label="Program" className="overflow-hidden">
      <Tabs.Root value={chosen.id} onValueChange={setCurrent}>
        <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line pr-3 pl-4">
          <Tabs.List aria-label="Files" className="flex h-11 gap-[22px]">
            {tabs.map(({ id, text }) => (
              <Tabs.Trigger
                key={id}
                value={id}
                className="-mb-px flex cursor-pointer items-center border-b-2 border-transparent font-[480] text-ink-2 hover:text-ink data-[state=active]:border-river data-[state=active]:font-[580] data-[state=active]:text-ink focus-visible:shadow-[inset_0_0_0_2px_var(--river)]"
              >
                {text}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <div className="flex items-center gap-2 py-1.5">
            <code className="text-label text-ink-2">{file.name}</code>
            <Button
              size="small"
              icon={<Download aria-hidden="true" />}
              aria-label={`Download ${file.name}`}
              onClick={() => saveTextFile(file.name, file.text)}
            >
              Save
            </Button>
            <CopyButton text={file.text} label={`Copy ${file.name}`} hasText />
          </div>
        </div>
        <Tabs.Content value={chosen.id} className="outline-none">
          <ProgramCode name={file.name} text={file.text} />
          <Commands
            library={library}
            input={input}
            file={file}
            isOfPlace={placeFiles.includes(file)}
          />
        </Tabs.Content>
      </Tabs.Root>
    </Card>
  )
}

interface ProgramTab {
  readonly id: string
  readonly text: string
  readonly file: ProgramFile
}

function tabsOf(
  library: ClientLibrary,
  input: ProgramInput,
  placeFiles: readonly ProgramFile[],
): readonly ProgramTab[] {
  const { producer, consumer, topic } = library
  const configuration = library.configuration(input)
  const beside = (library.beside?.(input) ?? []).filter(({ name }) => name !== configuration.name)
  return [
    { id: 'producer', text: 'Producer', file: producer(input) },
    ...(consumer === undefined
      ? []
      : [{ id: 'consumer', text: 'Consumer', file: consumer(input) }]),
    ...(topic === undefined ? [] : [{ id: 'topic', text: 'Topic', file: topic(input) }]),
    { id: 'configuration', text: 'Configuration snippet', file: configuration },
    ...[...beside, ...placeFiles].map((file) => ({ id: file.name, text: file.name, file })),
  ]
}

/** What to type where the files were saved. */
function Commands({
  library,
  input,
  file: { name, command },
  isOfPlace,
}: {
  readonly library: ClientLibrary
  readonly input: ProgramInput
  readonly file: ProgramFile
  readonly isOfPlace: boolean
}) {
  const beside = (library.beside?.(input) ?? []).map((file) => file.name)
  if (command === undefined && !beside.includes(name)) {
    return (
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-2">
        Settings alone, for a program that you have already.
      </p>
    )
  }
  const lines = isOfPlace
    ? []
    : [...(beside.length === 0 ? [] : [`# once, beside ${beside.join(' and ')}:`]), library.install]
  return (
    <div className="border-t border-line p-3">
      <CommandBlock text={[...lines, ...(command === undefined ? [] : [command])].join('\n')} />
    </div>
  )
}
