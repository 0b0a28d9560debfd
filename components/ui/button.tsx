import Link from 'next/link'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

export type ButtonTone = 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-filled'
export type ButtonSize = 'large' | 'medium' | 'small'

const tones: Record<ButtonTone, string> = {
  primary: 'bg-river text-on-river hover:bg-river-hover border-transparent',
  secondary: 'bg-sheet text-ink border-line-2 hover:bg-hover',
  ghost: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'bg-sheet text-red border-red-line hover:bg-red-tint',
  'danger-filled': 'bg-red text-sheet border-transparent hover:bg-red-hover',
}

const sizes: Record<ButtonSize, string> = {
  large: 'h-9 px-4 text-body',
  medium: 'h-8 px-3 text-body',
  small: 'h-7 px-[9px] text-field-label',
}

interface Look {
  readonly tone?: ButtonTone
  readonly size?: ButtonSize
  readonly icon?: ReactNode
}

function look({ tone = 'secondary', size = 'medium' }: Look, extra?: string): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-[560] whitespace-nowrap',
    'transition-colors duration-[80ms] select-none cursor-pointer [&_svg]:size-[15px] [&_svg]:stroke-[1.75]',
    'disabled:cursor-not-allowed disabled:border-line-2 disabled:bg-sunken disabled:text-ink-3',
    'aria-disabled:cursor-not-allowed aria-disabled:border-line-2 aria-disabled:bg-sunken aria-disabled:text-ink-3',
    tones[tone],
    sizes[size],
    extra,
  )
}

export type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** Keeps label and width; a spinner takes the icon's place. */
    readonly isBusy?: boolean
    /** Why it cannot be used now; it can still be reached, and its tooltip says so. */
    readonly disabledReason?: string | undefined
    readonly ref?: Ref<HTMLButtonElement>
  }

export function Button({
  tone,
  size,
  icon,
  isBusy = false,
  disabledReason,
  children,
  className,
  ...rest
}: ButtonProps) {
  const button = (
    <button
      type="button"
      {...rest}
      {...(disabledReason === undefined ? {} : blocked)}
      aria-busy={isBusy || undefined}
      className={look({ ...(tone && { tone }), ...(size && { size }) }, className)}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  )
  return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>
}

/** In place of `disabled`, which would keep the reason from the keyboard. */
const blocked = {
  'aria-disabled': true,
  onClick: (event: { preventDefault(): void }) => event.preventDefault(),
} as const

/** A link that looks like a button, for what leads to another page. */
export function ButtonLink({
  href,
  children,
  className,
  icon,
  ...appearance
}: Look & { readonly href: string; readonly children: ReactNode; readonly className?: string }) {
  return (
    <Link href={href} className={look(appearance, className)}>
      {icon}
      {children}
    </Link>
  )
}

/** `small` stands inside a line of text without making it higher. */
const squares = {
  small: '-my-1 size-6 [&_svg]:size-[13px]',
  medium: 'size-7 [&_svg]:size-4',
  large: 'size-9 [&_svg]:size-4',
} as const

/** A square button without text; `label` is its name for screen readers and its tooltip. */
export function IconButton({
  label,
  size = 'medium',
  children,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly label: string
  readonly size?: keyof typeof squares
  readonly ref?: Ref<HTMLButtonElement>
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classNames(
        'inline-flex shrink-0 cursor-pointer items-center justify-center rounded-md text-ink-3',
        'hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-50',
        '[&_svg]:stroke-[1.75]',
        squares[size],
        className,
      )}
    >
      {children}
    </button>
  )
}
