// Runs the programs that a build consists of, and says what is going on while they run.

import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/** A reason why nothing can go on, as a sentence for the person at the terminal. */
export class Unable extends Error {
  constructor(sentence) {
    super(sentence)
    this.sentence = sentence
  }
}

/**
 * Runs a program out of sight, with a line when it begins, one every ten seconds and one at its
 * end. Its output is shown only if it fails.
 */
export async function runStep(title, command, args, env = {}) {
  const startedMs = Date.now()
  const seconds = () => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`
  console.log(`· ${title} …`)
  const ticking = setInterval(() => console.log(`· ${title}: ${seconds()} so far …`), 10_000)
  try {
    const { code, output } = await capture(command, args, env)
    if (code !== 0) {
      process.stderr.write(output)
      throw new Unable(`${title} failed: \`${command} ${args.join(' ')}\` ended with code ${code}.`)
    }
    console.log(`· ${title}: done in ${seconds()}`)
  } finally {
    clearInterval(ticking)
  }
}

/** Runs a program with this terminal. Resolves with its exit code; a signal counts as 1. */
export function runForeground(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    // The terminal sends SIGINT to the whole group: once the program has ended, so do we.
    let interrupted = false
    const interrupt = () => {
      interrupted = true
    }
    const terminate = () => {
      interrupted = true
      child.kill('SIGTERM')
    }
    process.on('SIGINT', interrupt)
    process.on('SIGTERM', terminate)
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', terminate)
      if (interrupted) reject(new Unable('Interrupted.'))
      else resolve(code ?? 1)
    })
  })
}

/** Runs a program out of sight; resolves with its exit code and all that it printed. */
export function capture(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    // Whoever ends us ends what we are waiting for.
    let interrupted = false
    const interrupt = () => {
      interrupted = true
      child.kill('SIGTERM')
    }
    process.on('SIGINT', interrupt)
    process.on('SIGTERM', interrupt)
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    child.stderr.on('data', (text) => {
      output += text
    })
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', interrupt)
      if (interrupted) reject(new Unable('Interrupted.'))
      else resolve({ code: code ?? 1, output })
    })
  })
}
