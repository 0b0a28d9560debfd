// What a run left out, and why: a test that is skipped for a reason says `(skipped: <reason>)` in its
// own title or in that of what it stands in.

const note = '(skipped: '

/** Each reason once, from vitest's JSON report, with the titles that lead to it. */
export function skippedOfVitest({ testResults }) {
  const reasons = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ ancestorTitles, title }) => [...ancestorTitles, title])
    .map((titles) => titles.slice(0, titles.findIndex((each) => each.includes(note)) + 1))
    .filter((titles) => titles.length > 0)
    // What comes from a table stands in quotes.
    .map((titles) => titles.join(' › ').replaceAll(/'([^']*)'/g, '$1'))
  return [...new Set(reasons)]
}

/** The lines that repeat all that was skipped. */
export function describeSkipped(reasons) {
  if (reasons.length === 0) return []
  return ['━━ what was skipped', ...reasons.map((reason) => `Skipped: ${reason}`), '']
}
