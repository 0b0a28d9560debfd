import { CopyButton } from './copy-button.tsx'
import { NumberedLines } from './json-code.tsx'

/** Code in numbered lines with a button that copies it; JSON is coloured. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section
      aria-label={label}
      className="relative overflow-hidden rounded-lg border border-line bg-sunken"
    >
      <div className="absolute top-2 right-2 z-10">
        <CopyButton text={text} label={`Copy ${label}`} hasText />
      </div>
      <section
        aria-label={`${label}, text`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-[480px] overflow-auto py-2.5 pr-20 font-mono text-label leading-[19px]"
      >
        <NumberedLines text={text} />
      </section>
    </section>
  )
}
