import { classNames } from './class-names.ts'

const drawings = {
  dry: { href: '/map-empty.svg#map', viewBox: '0 0 440 380', className: 'map-vignette' },
  flowing: { href: '/map-sign-in.svg#map', viewBox: '0 0 860 900', className: '' },
} as const

/**
 * A map sheet. The file is referred to, not inlined, so that it is loaded once; the page's colours
 * reach into it, since custom properties are inherited through `use`.
 */
export function MapDrawing({
  kind,
  className,
}: {
  readonly kind: keyof typeof drawings
  readonly className?: string
}) {
  const drawing = drawings[kind]
  return (
    <svg
      aria-hidden="true"
      viewBox={drawing.viewBox}
      preserveAspectRatio="xMidYMid slice"
      className={classNames(drawing.className, className)}
    >
      <use href={drawing.href} />
    </svg>
  )
}
