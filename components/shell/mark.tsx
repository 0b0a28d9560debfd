import { useId } from 'react'

/** The mark: land cut by a main stream and a tributary that joins it. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  // A page may hold several marks, and an element's mask is found by its id.
  const maskId = useId()
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="shrink-0">
      <mask id={maskId}>
        <rect width="24" height="24" rx="5.5" fill="#fff" />
        <path d="M17-2C17 8 10 11.5 10 26" fill="none" stroke="#000" strokeWidth="3.6" />
        <path d="M-2 6.5C5.5 6.5 9.6 9.5 11.2 16" fill="none" stroke="#000" strokeWidth="2.8" />
      </mask>
      <g mask={`url(#${maskId})`}>
        <path fill="var(--mark-a)" d="M0 0H24V24H0Z" />
        <path fill="var(--mark-b)" d="M0 0H17C17 8 12.4 10.6 10.8 16C9.6 9.5 5.5 6.5 0 6.5Z" />
      </g>
    </svg>
  )
}

export function MarkAndName() {
  return (
    <span className="inline-flex items-center gap-[9px] text-[15px] font-[650] tracking-[-0.015em] text-ink">
      <Mark />
      Tributary
    </span>
  )
}
