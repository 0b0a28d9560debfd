// Makes what is stale: Prisma's clients, the bundles of our processes, and the console.

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, root } from './paths.mjs'
import { runStep, Unable } from './progress.mjs'
import { hashOf, isFresh, stamp } from './stamp.mjs'

const sources = ['boot.ts', 'broker', 'lib', 'services', 'prisma']

/** One bundle per process and thread; Node 20 runs no TypeScript. */
const bundles = {
  boot: 'boot.ts',
  broker: 'broker/main.ts',
  'storage-thread': 'broker/storage/prisma/thread.ts',
  'compaction-thread': 'broker/log/compaction/thread.ts',
  services: 'services/main.ts',
  verify: 'broker/verify/main.ts',
  user: 'lib/boot/user-command.ts',
}

/** Prisma's client of every owner under `prisma/`. */
export async function generate() {
  const version = installedVersion('prisma')
  const owners = readdirSync(join(root, 'prisma')).filter((owner) =>
    existsSync(join(root, 'prisma', owner, 'schema.prisma')),
  )
  for (const owner of owners) {
    const schema = `prisma/${owner}/schema.prisma`
    const hash = hashOf([schema], version)
    const output = join(root, 'prisma', owner, 'generated')
    if (existsSync(output) && isFresh(`generate-${owner}`, hash)) continue
    await runStep(`generating the Prisma client of ${owner}`, bin('prisma'), [
      'generate',
      '--schema',
      schema,
    ])
    stamp(`generate-${owner}`, hash)
  }
}

/** Our processes, the storage thread and the commands that work on a data folder, into `dist/`. */
export async function bundle() {
  await esbuildStep(
    'bundle',
    bundles,
    hashOf(sources, JSON.stringify(bundles), installedVersion('esbuild')),
  )
}

export async function bundleBenchmarks() {
  const entry = { bench: 'e2e/benchmarks/main.ts' }
  await esbuildStep('bundle-bench', entry, hashOf([...sources, 'e2e'], installedVersion('esbuild')))
}

async function esbuildStep(step, entryPoints, hash) {
  const outputs = Object.keys(entryPoints).map((name) => join(root, 'dist', `${name}.mjs`))
  if (outputs.every((file) => existsSync(file)) && isFresh(step, hash)) return
  const { build } = await import('esbuild')
  const startedMs = Date.now()
  try {
    await build({
      absWorkingDir: root,
      entryPoints,
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      logLevel: 'warning',
    })
  } catch {
    // esbuild has already printed where and what.
    throw new Unable('The sources could not be bundled; the errors stand above.')
  }
  stamp(step, hash)
  console.log(`· bundled ${Object.keys(entryPoints).join(', ')} in ${Date.now() - startedMs} ms`)
}

/**
 * The production build of the console. It is made in a folder of its own and then swapped in,
 * because a failed `next build` destroys what its folder held.
 */
export async function buildConsole() {
  const hash = hashOf([
    'app',
    'components',
    // Boot's own part is in another bundle.
    ...readdirSync(join(root, 'lib'))
      .filter((name) => name !== 'boot')
      .map((name) => `lib/${name}`),
    'broker/rules',
    'broker/protocol',
    'broker/errors.ts',
    'prisma/console',
    'prisma/adapter',
    'public',
    'next.config.js',
    'postcss.config.mjs',
    'package-lock.json',
    'tsconfig.json',
  ])
  const built = join(root, '.next')
  if (existsSync(join(built, 'BUILD_ID')) && isFresh('console', hash)) return
  rmSync(join(root, 'dist/stamps/console'), { force: true })
  const fresh = join(root, '.next-fresh')
  rmSync(fresh, { recursive: true, force: true })
  await runStep('building the console (next build, about a minute)', bin('next'), ['build'], {
    NODE_ENV: 'production',
    NEXT_DIST_DIR: '.next-fresh',
  })
  // What `npm run dev` keeps there is not ours to throw away; it may be running.
  if (existsSync(join(built, 'dev'))) renameSync(join(built, 'dev'), join(fresh, 'dev'))
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  // It names the types of the routes by the folder that they were built in.
  const types = join(root, 'next-env.d.ts')
  writeFileSync(types, readFileSync(types, 'utf8').replaceAll('.next-fresh/', '.next/'))
  stamp('console', hash)
}

function installedVersion(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}
