import { Check, ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { type TutorialStep, tutorialSteps } from '../../lib/format/tutorial.ts'
import { ButtonLink } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'

/** One step: whether it is done, and, opened, why one takes it and the way there. */
export function StepItem({
  step,
  number,
  isDone,
  isNext,
  href,
  isOpen,
  onToggle,
}: {
  readonly step: TutorialStep
  readonly number: number
  readonly isDone: boolean
  /** The first that is not done. */
  readonly isNext: boolean
  readonly href: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}) {
  const why = useId()
  const text = tutorialSteps.find(({ id }) => id === step)
  if (text === undefined) return null
  return (
    <li aria-current={isNext ? 'step' : undefined} className="border-b border-line last:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={why}
        onClick={onToggle}
        className="flex w-full cursor-pointer items-start gap-2.5 rounded-md py-2.5 text-left hover:text-ink"
      >
        <span
          aria-hidden="true"
          className={classNames(
            'mt-px flex size-5 shrink-0 items-center justify-center rounded-full border text-tiny',
            isDone && 'border-moss bg-moss-tint text-moss',
            !isDone && isNext && 'border-river bg-river font-[600] text-on-river',
            !isDone && !isNext && 'border-control text-ink-2',
          )}
        >
          {isDone ? <Check className="size-3" /> : number}
        </span>
        <span className={classNames('flex-1', isNext ? 'font-[580] text-ink' : 'text-ink-2')}>
          {text.title}
          {isDone ? <span className="sr-only">, done</span> : null}
        </span>
        <ChevronDown
          aria-hidden="true"
          className={classNames('mt-0.5 size-4 shrink-0 text-ink-3', isOpen && 'rotate-180')}
        />
      </button>
      <div id={why} hidden={!isOpen} className="pb-3.5 pl-[30px]">
        <p className="text-label text-ink-2">{text.why}</p>
        <ButtonLink
          href={href}
          size="small"
          tone={isNext ? 'primary' : 'secondary'}
          className="mt-2.5"
        >
          {text.button}
        </ButtonLink>
      </div>
    </li>
  )
}
