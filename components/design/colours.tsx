import { Line, Specimen } from './specimen.tsx'

const groups = [
  ['Surfaces and lines', ['paper', 'sheet', 'sunken', 'hover', 'line', 'line-2', 'control']],
  [
    'Text and meaning',
    ['ink', 'ink-2', 'ink-3', 'river', 'moss', 'amber', 'red', 'sienna', 'stone'],
  ],
  ['Data: direction (1, 2), categories (3 to 6)', ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']],
  ['Depth: shares of one whole', ['s1', 's2', 's3', 's4', 's5']],
] as const

export function Colours() {
  return groups.map(([title, tokens]) => (
    <Specimen key={title} title={title}>
      <Line>
        {tokens.map((token) => (
          <div key={token} className="flex w-14 flex-col gap-1 text-tiny text-ink-2">
            <span
              className="h-8 rounded-md border border-line"
              style={{ background: `var(--${token})` }}
            />
            {token}
          </div>
        ))}
      </Line>
    </Specimen>
  ))
}

export function Type() {
  return (
    <Specimen title="Type">
      <div className="text-sign-in font-[620] tracking-[-0.015em]">Sign in 26/34</div>
      <div className="text-page font-[620] tracking-[-0.015em]">Page title 20/28</div>
      <div className="text-section font-[620] tracking-[-0.008em]">Section 15/22</div>
      <div>
        Body and controls 13/20, <b className="font-[560]">560 in buttons</b>
      </div>
      <div className="text-label font-[500]">Label 12/17</div>
      <div className="text-headline font-[540] tracking-[-0.02em]">
        1.06 <span className="text-body font-[450] tracking-normal text-ink-2">KB/s figure</span>
      </div>
      <code className="text-label">Mono 12/19 lkc-p9v3xz 0O 1lI {'{}'} 10,241</code>
    </Specimen>
  )
}
