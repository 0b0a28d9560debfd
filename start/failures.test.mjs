import { expect, it } from 'vitest'
import {
  describeFailures,
  failureOfProgram,
  failuresOfPlaywright,
  failuresOfVitest,
} from './failures.mjs'

const said = [
  'AssertionError: \u001b[31mexpected 1\u001b[39m',
  '    at /here/a.test.ts:2:49',
  '    at file:///here/node_modules/@vitest/runner/dist/hooks.js:155:11',
  '    at processTicksAndRejections (node:internal/process/task_queues:95:5)',
].join('\n')

it('names failed tests of vitest with what they said, and files that cannot be loaded', () => {
  const failures = failuresOfVitest({
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'is fine', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'a b',
            failureMessages: [said],
          },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'cannot be parsed', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  })
  expect(failures).toEqual([
    { name: 'a.test.ts › a b', text: 'AssertionError: expected 1\n    at /here/a.test.ts:2:49' },
    { name: 'b.test.ts', text: 'cannot be parsed' },
  ])
})

it('names failed flows at any depth, flaky ones, and what broke the run as a whole', () => {
  const flow = (title, status, message) => ({
    title,
    file: 'x.spec.ts',
    line: 7,
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  })
  const failures = failuresOfPlaywright({
    suites: [
      {
        specs: [flow('good', 'expected'), flow('bad', 'unexpected', 'not visible')],
        suites: [{ specs: [flow('weak', 'flaky', 'once')] }],
      },
    ],
    errors: [{ message: 'no browser' }],
  })
  expect(failures).toEqual([
    { name: 'x.spec.ts:7 › bad', text: 'not visible' },
    { name: 'x.spec.ts:7 › weak', text: 'once' },
    { name: 'browser flows as a whole', text: 'no browser' },
  ])
})

it('says the beginning of what a test said, the end of what a program did, and all names last', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
  const described = describeFailures([
    { name: 'long', text: lines },
    failureOfProgram('types', lines),
  ])
  expect(described).toContain('    line 14')
  expect(described).not.toContain('    line 15')
  expect(described).toContain('    … 25 more lines')
  expect(described).toContain('    line 39')
  expect(described.slice(-2)).toEqual(['Failed: long', 'Failed: types'])
  expect(describeFailures([])).toEqual([])
})
