// What failed, in a few lines each: at the end of a long run only its tail is still in sight.

import { relative } from 'node:path'

const linesMax = 15
/** More than these are only named: the first failures tell most. */
const detailedMax = 20

/** A failed test or program: `name` says which, `text` what it said. */
function failure(name, text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Escape sequences begin with one.
  const plain = (text ?? '').replaceAll(/\u001b\[[0-9;]*m/g, '')
  const ours = plain.split('\n').filter((line) => !/^\s+at .*(node_modules|node:)/.test(line))
  return { name, text: ours.join('\n').trim() }
}

/** A program that is right or wrong as a whole; of its output the end tells most. */
export function failureOfProgram(name, output) {
  return failure(name, output.trimEnd().split('\n').slice(-linesMax).join('\n'))
}

/** Failed tests of a vitest run, from its JSON report. */
export function failuresOfVitest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    // A file that cannot even be loaded has no tests that could fail.
    if (status === 'failed' && failed.length === 0) return [failure(file, message)]
    return failed.map(({ fullName, failureMessages }) =>
      failure(`${file} › ${fullName}`, failureMessages.join('\n')),
    )
  })
}

/** Failed flows of a Playwright run, from its JSON report; one that passed at a second try is one. */
export function failuresOfPlaywright({ suites, errors }) {
  const ofFlows = suites
    .flatMap((suite) => specsOf(suite))
    .flatMap((spec) =>
      spec.tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => {
          const said = results.flatMap((result) => result.errors.map(({ message }) => message))
          return failure(`${spec.file}:${spec.line} › ${spec.title}`, said[0])
        }),
    )
  return [...ofFlows, ...errors.map(({ message }) => failure('browser flows as a whole', message))]
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap((inner) => specsOf(inner))]
}

/** The lines that repeat all failures: what the first of them said, then the names of all. */
export function describeFailures(failures) {
  if (failures.length === 0) return []
  const details = failures.slice(0, detailedMax).flatMap(({ name, text }) => {
    const lines = text.split('\n')
    const rest = lines.length > linesMax ? [`    … ${lines.length - linesMax} more lines`] : []
    return ['', `✗ ${name}`, ...lines.slice(0, linesMax).map((line) => `    ${line}`), ...rest]
  })
  return [failuresHeading, ...details, '', ...failures.map(({ name }) => `Failed: ${name}`)]
}

/** `.ci/run` repeats what stands between this line and the count. */
export const failuresHeading = '━━ what failed'
