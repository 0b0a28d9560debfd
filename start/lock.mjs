// Two commands started at once in one checkout (`npm start` beside `npm test`) must not build
// into each other's files.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from './paths.mjs'

const file = join(root, 'dist', 'building.pid')

/** Runs `work` while no other command of this checkout builds. */
export async function withBuildLock(work) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  let told = false
  while (!take()) {
    if (!told) console.log('· waiting for another command of this checkout that is building …')
    told = true
    await wait(200)
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (holderIsAlive()) return false
  // Left by a killed build: one of the waiting commands removes it, then all race for it anew.
  rmSync(file, { force: true })
  return false
}

function holderIsAlive() {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
