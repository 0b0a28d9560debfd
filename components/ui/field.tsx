import { CircleAlert } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'
import { classNames } from './class-names.ts'

export interface FieldLabels {
  readonly label: string
  readonly hint?: ReactNode
  /** One sentence; takes the hint's place. */
  readonly error?: string | undefined
  readonly required?: boolean
  readonly aside?: ReactNode
}

/** What the control inside a field needs to be tied to its label, hint and error. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
  readonly 'aria-required': true | undefined
}

/** Label above, control, then hint or error below. */
export function Field({
  label,
  hint,
  error,
  required,
  aside,
  children,
}: FieldLabels & { readonly children: (control: FieldControl) => ReactNode }) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = error !== undefined || hint !== undefined
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-end justify-between gap-3">
        <label htmlFor={id} className="text-field-label font-[580] text-ink">
          {label}
          {required ? <span aria-hidden="true">*</span> : null}
        </label>
        {aside}
      </div>
      {children({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-required': required ? true : undefined,
      })}
      {hasNote ? (
        <FieldNote id={noteId} error={error}>
          {hint}
        </FieldNote>
      ) : null}
    </div>
  )
}

export function FieldNote({
  id,
  error,
  children,
}: {
  readonly id?: string
  readonly error?: string | undefined
  readonly children?: ReactNode
}) {
  if (error === undefined) {
    return (
      <p id={id} className="text-label text-ink-3">
        {children}
      </p>
    )
  }
  return (
    <p id={id} className="flex items-start gap-1.5 text-label text-red">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-[13px] shrink-0" />
      {error}
    </p>
  )
}

export type TextFieldProps = FieldLabels &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'size'> & {
    readonly isLarge?: boolean
    readonly isMono?: boolean
    readonly ref?: Ref<HTMLInputElement>
  }

export function TextField(props: TextFieldProps) {
  const { label, hint, error, required, aside, isLarge, isMono, className, ...input } = props
  return (
    <Field label={label} hint={hint} error={error} required={required ?? false} aside={aside}>
      {(control) => (
        <input
          {...input}
          {...control}
          className={classNames(
            'field w-full px-2.5 text-body',
            isLarge ? 'h-9' : 'h-8',
            isMono && 'font-mono text-label',
            className,
          )}
        />
      )}
    </Field>
  )
}
