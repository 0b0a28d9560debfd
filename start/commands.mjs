// What each `npm run …` does: the steps it needs first, then the program it becomes.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildConsole, bundle, bundleBenchmarks, generate } from './build.mjs'
import { installPackages } from './install.mjs'
import { withBuildLock } from './lock.mjs'
import { root } from './paths.mjs'
import { Unable } from './progress.mjs'
import { runSuite, runSuites, runTests, takeScreenshots } from './test.mjs'

const heavy = ['--config', 'e2e/vitest.config.ts']

const commands = {
  start: { steps: [installPackages, generate, bundle, buildConsole], become: 'dist/boot.mjs' },
  dev: { steps: [installPackages, generate, bundle], become: 'dist/boot.mjs', dev: true },
  broker: { steps: [installPackages, generate, bundle], become: 'dist/broker.mjs' },
  user: { steps: [installPackages, generate, bundle], become: 'dist/user.mjs' },
  verify: { steps: [installPackages, generate, bundle], become: 'dist/verify.mjs' },
  bench: {
    steps: [installPackages, generate, bundle, buildConsole, bundleBenchmarks],
    become: 'dist/bench.mjs',
  },
  test: { steps: [installPackages, generate, bundle, buildConsole], call: runTests },
  screenshots: { steps: [installPackages, generate, bundle, buildConsole], call: takeScreenshots },
  'test:clients': { steps: [installPackages, generate, bundle, buildConsole], call: testClients },
  'test:crash': { steps: [installPackages, generate, bundle, buildConsole], call: testCrash },
  'test:soak': { steps: [installPackages, generate, bundle, buildConsole], call: testSoak },
}

/**
 * Runs one command to its end, or turns this process into the product: there is then no parent
 * left that would have to pass signals on.
 */
export async function run(name, args) {
  const command = commands[name]
  if (command === undefined) {
    throw new Unable(`There is no command "${name}": try ${Object.keys(commands).join(', ')}.`)
  }
  process.chdir(root)
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  process.env.NODE_ENV = command.dev ? 'development' : 'production'
  await withBuildLock(async () => {
    for (const step of command.steps) await step()
  })
  if (command.call) {
    process.exitCode = await command.call(args)
    return
  }
  const program = join(root, command.become)
  if (!existsSync(program)) throw new Unable(`${command.become} was not built.`)
  process.argv = [process.execPath, program, ...args]
  await import(pathToFileURL(program).href)
}

/** Real Kafka clients against a started product; `--quick` takes the shorter ones only. */
function testClients(args) {
  const quick = args.includes('--quick')
  const rest = args.filter((arg) => arg !== '--quick')
  // Names before the first option say which of them; vitest would add what they match to all.
  const named = rest.findIndex((arg) => arg.startsWith('-'))
  const names = named === -1 ? rest : rest.slice(0, named)
  const files = (names.length === 0 ? [''] : names).map((name) => `e2e/clients/${name}`)
  const options = [...heavy, ...files, ...rest.slice(names.length)]
  return runSuite('clients', options, { QUICK: quick ? '1' : '' })
}

/** kill -9 of the whole process tree under load, in full count. */
function testCrash(args) {
  return runSuite('crash', [...heavy, 'e2e/crash', ...args], {
    CRASH_ROUNDS: process.env.CRASH_ROUNDS || '50',
  })
}

/**
 * The fuzz tests in full count, which `npm test` runs in the small, and then so many minutes of mixed
 * load; names say which of the two.
 */
function testSoak(args) {
  const named = ['fuzz', 'load'].filter((name) => args.includes(name))
  const options = args.filter((arg) => !named.includes(arg))
  const frames = process.env.FUZZ_FRAMES || '50000'
  const minutes = process.env.SOAK_MINUTES || '30'
  const suites = [
    { name: 'fuzz', args: ['fuzz', ...options], env: { FUZZ_FRAMES: frames } },
    {
      name: 'load',
      args: [...heavy, 'e2e/soak/soak.test.ts', ...options],
      env: { SOAK_MINUTES: minutes },
    },
  ]
  return runSuites(suites.filter(({ name }) => named.length === 0 || named.includes(name)))
}
