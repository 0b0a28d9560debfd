// `npm run user -- reset-password me@example.com`: for somebody who forgot their password.
//
// It works on the data folder of an installation that is not running, so that nobody's sign-in
// meets a half-changed account.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { passwordCharactersMax, passwordCharactersMin } from '../auth/password.ts'
import { resetPassword } from '../auth/reset-password.ts'
import { openConsoleDb } from '../db.ts'
import { readEnvironment } from './environment.ts'
import { lockDataFolder } from './lock.ts'
import { refused, type Started, started } from './started.ts'

const usage = 'Usage: npm run user -- reset-password me@example.com'

const outcome = await run(process.argv.slice(2))
if (outcome.ok) console.log(outcome.value)
else console.error(outcome.reason)
process.exit(outcome.ok ? 0 : 1)

async function run([command, email, ...rest]: readonly string[]): Promise<Started<string>> {
  if (command !== 'reset-password' || email === undefined || rest.length > 0) return refused(usage)
  const environment = readEnvironment(process.env)
  if (!environment.ok) return environment
  const { dataDir } = environment.value
  if (!existsSync(join(dataDir, 'console.db'))) {
    return refused(`There is no installation in ${dataDir}: set DATA_DIR to its data folder.`)
  }
  const lock = await lockDataFolder(dataDir)
  if (!lock.ok) return lock
  const db = openConsoleDb(dataDir)
  try {
    const password = await askForPassword()
    if (password.length < passwordCharactersMin || password.length > passwordCharactersMax) {
      return refused(
        `A password has ${passwordCharactersMin} to ${passwordCharactersMax} characters; nothing was changed.`,
      )
    }
    const reset = await resetPassword(db, email, password)
    if (!reset) return refused(`Nobody has an account under ${email}; nothing was changed.`)
    return started(`${email} has a new password, and is signed out everywhere.`)
  } finally {
    await db.$disconnect()
    lock.value.release()
  }
}

/** One line from the terminal, unseen, or from whatever is piped in. */
async function askForPassword(): Promise<string> {
  const { stdin, stdout } = process
  if (stdin.isTTY) stdout.write('New password (not shown): ')
  const unseen = new Writable({ write: (_bytes, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: unseen, terminal: stdin.isTTY === true })
  // Ctrl-C reaches a raw terminal as a key.
  lines.on('SIGINT', () => process.exit(1))
  for await (const line of lines) {
    lines.close()
    if (stdin.isTTY) stdout.write('\n')
    return line
  }
  return ''
}
