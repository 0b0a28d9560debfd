import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { root } from './paths.mjs'

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-step-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A process that runs one step, as a build does; the step writes its process id to a file. */
function runInProcess(stepSource) {
  const file = join(folder, 'pid')
  const step = `require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); ${stepSource}`
  const program = `import { runStep } from './start/progress.mjs'
    runStep('testing', process.execPath, ['-e', ${JSON.stringify(step)}]).catch((error) => {
      console.error(error.sentence)
      process.exitCode = 1
    })`
  const args = ['--input-type=module', '-e', program]
  const starter = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  return { starter, file, said: text(starter.stderr), closed: once(starter, 'close') }
}

it('a step that is interrupted ends what it runs', async () => {
  const { starter, file, said, closed } = runInProcess('setInterval(() => {}, 1000)')
  await vi.waitFor(
    () => expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/\d/),
    10_000,
  )
  starter.kill('SIGTERM')
  await closed
  expect(await said).toBe('Interrupted.\n')
  expect(() => process.kill(Number(readFileSync(file, 'utf8')), 0)).toThrow('ESRCH')
})

it('a step that fails shows what it printed, and names the command', async () => {
  const { starter, said, closed } = runInProcess("console.log('why it failed'); process.exit(3)")
  await closed
  expect(starter.exitCode).toBe(1)
  expect(await said).toMatch(/^why it failed\ntesting failed: .* ended with code 3\.\n$/s)
})
