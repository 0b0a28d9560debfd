'use client'

import { GraduationCap, X } from 'lucide-react'
import { useState, useTransition } from 'react'
import { startTutorialOver } from '../../lib/actions/learn.ts'
import { type TutorialProgress, tutorialSteps } from '../../lib/format/tutorial.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { setLearnOpen } from './learn-store.ts'
import { StepItem } from './step-item.tsx'
import { useProgress } from './use-progress.ts'

/** The tutorial's steps, which tick themselves off as they happen. */
export function Tutorial() {
  const [progress, lookAgain] = useProgress()
  return (
    <aside
      aria-label="Learn"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setLearnOpen(false)
      }}
      className="z-10 flex w-[320px] max-w-full shrink-0 flex-col overflow-y-auto border-t border-l border-line bg-paper max-[1199px]:fixed max-[1199px]:top-12 max-[1199px]:right-0 max-[1199px]:bottom-0 max-[1199px]:bg-sheet max-[1199px]:shadow-pop"
    >
      <div className="flex h-12 shrink-0 items-center justify-between gap-2 border-b border-line pr-2 pl-4">
        <h2 className="flex items-center gap-2 text-section">
          <GraduationCap aria-hidden="true" className="size-[18px] stroke-[1.75] text-ink-2" />
          Learn
        </h2>
        <IconButton label="Close Learn" onClick={() => setLearnOpen(false)}>
          <X />
        </IconButton>
      </div>
      {progress === null ? null : <Steps progress={progress} onStartedOver={lookAgain} />}
    </aside>
  )
}

function Steps({
  progress,
  onStartedOver,
}: {
  readonly progress: TutorialProgress
  readonly onStartedOver: () => void
}) {
  const [opened, setOpened] = useState<string | null>(null)
  const done = progress.steps.filter(({ isDone }) => isDone).length
  const next = progress.steps.find(({ isDone }) => !isDone)
  const total = tutorialSteps.length
  return (
    <div className="flex flex-col gap-4 px-4 pt-4 pb-6">
      <div className="flex flex-col gap-2">
        <p aria-live="polite" className="text-label text-ink-2">
          {done === total
            ? 'All steps done. Records flow from a producer, through a topic, to whoever reads it.'
            : `Your first stream: ${done} of ${total} steps done`}
        </p>
        <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-pressed">
          <div className="h-full bg-river" style={{ width: `${(done / total) * 100}%` }} />
        </div>
      </div>
      <ol className="flex flex-col">
        {progress.steps.map(({ id, isDone, href }, index) => (
          <StepItem
            key={id}
            number={index + 1}
            step={id}
            isDone={isDone}
            isNext={id === next?.id}
            href={href}
            isOpen={id === (opened ?? next?.id)}
            onToggle={() => setOpened((before) => ((before ?? next?.id) === id ? '' : id))}
          />
        ))}
      </ol>
      {done === 0 ? null : <StartOver onStartedOver={onStartedOver} />}
    </div>
  )
}

function StartOver({ onStartedOver }: { readonly onStartedOver: () => void }) {
  const [isBusy, start] = useTransition()
  return (
    <Button
      tone="ghost"
      size="small"
      className="self-start"
      isBusy={isBusy}
      onClick={() =>
        start(async () => {
          await startTutorialOver({})
          onStartedOver()
        })
      }
    >
      Start over
    </Button>
  )
}
