// `npm test`: types, lint, unit tests and browser flows, each with its own progress, then one line
// that sums them up.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import {
  describeFailures,
  failureOfProgram,
  failuresOfPlaywright,
  failuresOfVitest,
} from './failures.mjs'
import { bin, root } from './paths.mjs'
import { capture, runForeground } from './progress.mjs'
import { describeSkipped, skippedOfVitest } from './skipped.mjs'

/** Of its own accord vitest leaves one core to itself, and of two cores that is half. */
const twoAtATime = ['--fileParallelism', '--maxWorkers=2', '--minWorkers=1']

/** Every part runs even if an earlier one failed: a person wants to see all that is broken. */
export async function runTests() {
  return summary([
    await part('types', () => check('tsc', ['--noEmit', '-p', '.'])),
    await part('lint and format', () => check('biome', ['check', '.'])),
    // Products wait a good part of their time: for a start, a stop, samples.
    ...(await sideBySide([
      part('unit tests', () => vitest('unit', twoAtATime)),
      partBeside('start, stop, restart and kill -9 in the small', productTests),
    ])),
    await part('browser flows', browserFlows),
  ])
}

/** One vitest run; its name keeps the reports of several apart. */
export function runSuite(name, args, env) {
  return runSuites([{ name, args, env }])
}

/** Several vitest runs, one after another; the later ones also where an earlier one failed. */
export async function runSuites(suites) {
  const results = []
  for (const { name, args, env } of suites) {
    results.push(await part(name, () => vitest(name, args, env)))
  }
  return summary(results)
}

/** Pictures of every page, theme and width, into `screenshots/`. */
export async function takeScreenshots(args) {
  const chromium = await findChromium()
  if (!chromium.ok) {
    console.error(chromium.reason)
    return 1
  }
  const config = ['--config', 'e2e/screenshots/playwright.config.ts']
  return runForeground(bin('playwright'), ['test', ...config, ...args])
}

async function part(name, run) {
  const startedMs = Date.now()
  console.log(`\n━━ ${name}`)
  const result = await run()
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1)
  console.log(`━━ ${name}: ${result.passed} passed, ${result.failed} failed in ${seconds} s`)
  return { name, ...result }
}

/** Waits for all of them, also where one was interrupted: none is left behind. */
async function sideBySide(running) {
  const settled = await Promise.allSettled(running)
  const rejected = settled.find(({ status }) => status === 'rejected')
  if (rejected) throw rejected.reason
  return settled.map(({ value }) => value)
}

/** Runs beside another part, whose terminal it leaves alone: what it prints comes at its end. */
async function partBeside(name, run) {
  const startedMs = Date.now()
  const { output, ...result } = await run()
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1)
  const count = `${result.passed} passed, ${result.failed} failed`
  console.log(`\n━━ ${name}, beside that\n${output}━━ ${name}: ${count} in ${seconds} s`)
  return { name, ...result }
}

function summary(results) {
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  const failures = results.flatMap(({ name, failures: some }) =>
    some.map((one) => ({ ...one, name: `${name}: ${one.name}` })),
  )
  console.log('')
  const skipped = results.flatMap((result) => result.skipped ?? [])
  for (const line of [...describeSkipped(skipped), ...describeFailures(failures)]) console.log(line)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** A program that is right or wrong as a whole counts as one test. */
async function check(program, args) {
  const { code, output } = await capture(bin(program), args)
  process.stdout.write(output)
  return code === 0
    ? { passed: 1, failed: 0, failures: [] }
    : { passed: 0, failed: 1, failures: [failureOfProgram(program, output)] }
}

async function vitest(name, args, env = {}) {
  const report = reportFile(name)
  const code = await runForeground(...vitestRun(report, args, env))
  return countedVitest(code, report)
}

/** Each file drives products of its own, so two of them run at a time. */
async function productTests() {
  const report = reportFile('products')
  const files = ['--config', 'e2e/vitest.config.ts', 'e2e/boot', 'e2e/crash']
  const env = { CRASH_ROUNDS: '2' }
  const { code, output } = await capture(...vitestRun(report, [...files, ...twoAtATime], env))
  return { ...countedVitest(code, report), output }
}

function vitestRun(report, args, env) {
  return [
    bin('vitest'),
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { NODE_ENV: 'test', ...env },
  ]
}

function countedVitest(code, report) {
  return counted(code, report, (json) => ({
    passed: json.numPassedTests,
    failures: failuresOfVitest(json),
    skipped: skippedOfVitest(json),
  }))
}

async function browserFlows() {
  const chromium = await findChromium()
  if (!chromium.ok) {
    console.error(chromium.reason)
    return { passed: 0, failed: 1, failures: [failureOfProgram('Chromium', chromium.reason)] }
  }
  const report = reportFile('console')
  const code = await runForeground(bin('playwright'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
  return counted(code, report, (json) => ({
    passed: json.stats.expected,
    failures: failuresOfPlaywright(json),
  }))
}

/** What a report says, but never less than one failure where the program itself failed. */
function counted(code, report, read) {
  const { passed, failures, skipped } = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failures: [], skipped: [] }
  if (code !== 0 && failures.length === 0) {
    const sentence = `It ended with code ${code}, and no test of it failed.`
    failures.push(failureOfProgram('the program itself', sentence))
  }
  return { passed, failed: failures.length, failures, skipped }
}

function reportFile(name) {
  const folder = join(root, 'dist', 'reports')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name.replaceAll(/[^a-z]/g, '-')}.json`)
  rmSync(file, { force: true })
  return file
}
