/**
 * What the clients are written in. Packages come from their registries into `dist/e2e/`, pinned; nothing of
 * them is part of the repository. What cannot be had here is a reason, not a failure.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Readiness } from './quick.ts'

/** How a client is started, or why it cannot be. */
export type Program = Readiness & { readonly command: readonly [string, ...string[]] }

const folder = 'e2e/clients'

/** What is installed on this machine already: `probe` succeeds where it is. */
export function installed(
  command: readonly [string, ...string[]],
  probe: readonly [string, ...string[]],
  hint: string,
): Program {
  const [program, ...arguments_] = probe
  const found = spawnSync(program, arguments_).status === 0
  return found ? { ok: true, command } : { ok: false, command, reason: `missing: ${hint}` }
}

/** `client.py` in a virtual environment of its own, with the packages of its `requirements.txt`. */
export function pythonClient(name: string): Program {
  const environment = resolve('dist/e2e', name)
  const python = join(environment, 'bin', 'python')
  const command = [python, join(folder, name, 'client.py')] as const
  const stamp = join(environment, 'installed.txt')
  const requirements = join(folder, name, 'requirements.txt')
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { ok: true, command }
  const made = spawnSync('python3', ['-m', 'venv', '--clear', environment], { encoding: 'utf8' })
  if (made.status !== 0) {
    return { ok: false, command, reason: `no venv: apt-get install python3-venv (${why(made)})` }
  }
  // Where there is no registry it is not to be waited for.
  const quietly = ['-q', '--disable-pip-version-check', '--retries', '1']
  const pip = ['-m', 'pip', 'install', ...quietly, '-r', requirements]
  const filled = spawnSync(python, pip, { encoding: 'utf8' })
  if (filled.status !== 0) return { ok: false, command, reason: `pip failed (${why(filled)})` }
  writeFileSync(stamp, wanted)
  return { ok: true, command }
}

/** The Go module in the client's folder, compiled by the Go that is here and no newer one. */
export function goClient(name: string): Program {
  const command = [resolve('dist/e2e', name)] as const
  mkdirSync(resolve('dist/e2e'), { recursive: true })
  const built = spawnSync('go', ['build', '-o', command[0], '.'], {
    cwd: join(folder, name),
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  })
  if (built.error !== undefined) return { ok: false, command, reason: 'there is no Go' }
  return built.status === 0
    ? { ok: true, command }
    : { ok: false, command, reason: `go build failed (${why(built)})` }
}

/** The last that a program said. */
function why({ stdout, stderr, error }: SpawnSyncReturns<string>): string {
  if (error !== undefined) return error.message
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return lines.at(-1)?.trim() ?? 'no reason given'
}
