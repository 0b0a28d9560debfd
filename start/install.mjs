// Installs what package-lock.json names, where it is not what node_modules holds.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './paths.mjs'
import { runStep, Unable } from './progress.mjs'

const require = createRequire(import.meta.url)

export async function installPackages() {
  // Prisma would download an engine that it does not use here; any program named in its place
  // stops that, for its install script and for `prisma generate`.
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ||= process.execPath
  const headers = dirname(dirname(process.execPath))
  if (existsSync(join(headers, 'include/node/node.h'))) process.env.npm_config_nodedir ||= headers
  if (!isInstalled()) {
    await refuseWithoutCompiler()
    await runStep('installing packages (npm ci, about a minute)', 'npm', [
      'ci',
      '--include=dev',
      '--no-audit',
      '--no-fund',
    ])
  }
  if (!sqliteLoads()) {
    await refuseWithoutCompiler()
    await runStep(`compiling better-sqlite3 for Node ${process.versions.node}`, 'npm', [
      'rebuild',
      'better-sqlite3',
    ])
    if (!sqliteLoads()) throw new Unable('better-sqlite3 was compiled but does not load.')
  }
}

/** Whether node_modules holds every package of the lock, apart from other platforms' optional ones. */
function isInstalled() {
  const installed = readLock('node_modules/.package-lock.json')
  const wanted = readLock('package-lock.json')
  if (wanted === undefined) throw new Unable('package-lock.json is missing: restore it from git.')
  return installed !== undefined && holds(installed, wanted)
}

export function holds(installed, wanted) {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || entry.link || entry.optional || entry.devOptional) return true
    return installed.packages[path]?.version === entry.version
  })
}

function readLock(path) {
  const file = join(root, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** False where its binary is missing or was compiled for another Node. */
function sqliteLoads() {
  try {
    const Database = require('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}

/**
 * better-sqlite3 comes as source; its install script first looks for a compiled one on GitHub.
 * Where that cannot be had, a missing compiler would end the installation after a minute with
 * two screens of node-gyp's output, so it is named here first.
 */
async function refuseWithoutCompiler() {
  if (process.platform === 'win32') return
  const compiler = process.env.CXX || (process.platform === 'darwin' ? 'c++' : 'g++')
  const missing = [compiler, 'make', 'python3'].filter((tool) => !onPath(tool))
  if (missing.length === 0 || (await prebuiltAnswers())) return
  const all =
    process.platform === 'darwin' ? 'xcode-select --install' : 'apt-get install -y g++ make python3'
  throw new Unable(
    `better-sqlite3 has to be compiled here, because its compiled binary cannot be downloaded, and ${missing.join(' and ')} cannot be found: install what is missing (${all}) and start again.`,
  )
}

function onPath(tool) {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined
}

async function prebuiltAnswers() {
  const lock = readLock('package-lock.json')
  const version = lock.packages['node_modules/better-sqlite3'].version
  const name = `better-sqlite3-v${version}-node-v${process.versions.modules}-${process.platform}-${process.arch}`
  const url = `https://github.com/WiseLibs/better-sqlite3/releases/download/v${version}/${name}.tar.gz`
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) })
    return answer.ok
  } catch {
    return false
  }
}
