import { Check } from 'lucide-react'
import Link from 'next/link'
import { Fragment } from 'react'
import { classNames } from './class-names.ts'

/** Numbered steps of a wizard; `current` counts from 0. Steps that are done lead back by `links`. */
export function Stepper({
  steps,
  current,
  links = [],
}: {
  readonly steps: readonly string[]
  readonly current: number
  /** One address per step. */
  readonly links?: readonly string[]
}) {
  return (
    <ol aria-label="Steps" className="flex flex-wrap items-center gap-3 border-b border-line pb-4">
      {steps.map((step, index) => (
        <Fragment key={step}>
          {index === 0 ? null : (
            <li
              aria-hidden="true"
              className={classNames('h-0.5 w-9', index <= current ? 'bg-river' : 'bg-line-2')}
            />
          )}
          <li
            aria-current={index === current ? 'step' : undefined}
            className={classNames(
              'flex items-center gap-2',
              index === current ? 'font-[580] text-ink' : 'text-ink-2',
            )}
          >
            <span
              aria-hidden="true"
              className={classNames(
                'flex size-5 items-center justify-center rounded-full border text-tiny',
                index === current && 'border-river bg-river font-[600] text-on-river',
                index < current && 'border-river text-river',
                index > current && 'border-control text-ink-2',
              )}
            >
              {index < current ? <Check className="size-3" /> : index + 1}
            </span>
            <StepName name={step} href={index < current ? links[index] : undefined} />
          </li>
        </Fragment>
      ))}
    </ol>
  )
}

function StepName({ name, href }: { readonly name: string; readonly href: string | undefined }) {
  if (href === undefined) return name
  return (
    <Link href={href} className="rounded-sm hover:text-ink hover:underline">
      {name}
    </Link>
  )
}
