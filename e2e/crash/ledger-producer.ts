import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process that outlives the product, produces into the ledger's topic and says so by dots. */
export interface LedgerProducer {
  /** How many steps were acknowledged so far. */
  readonly acknowledged: number
  /** Throws where it has ended without being asked to, with what it printed. */
  checkAlive(): void
  /** Lets it get its last answers; rejects where it does not end, or not well. */
  finish(): Promise<void>
  kill(): void
}

/** How long the answers to what is in flight may take, and the end of the process. */
const finishWithinMs = 60_000

/** Runs a program; `onChange` is called at every acknowledgement and at its end. */
export function startLedgerProducer(
  program: string,
  assignment: object,
  onChange: () => void,
): LedgerProducer {
  const process_ = spawn(
    process.execPath,
    ['--enable-source-maps', program, JSON.stringify(assignment)],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const closed = once(process_, 'close')
  let acknowledged = 0
  let printed = ''
  let ended: string | null = null
  process_.stdout.on('data', (dots: Buffer) => {
    acknowledged += dots.length
    onChange()
  })
  process_.stderr.on('data', (text: Buffer) => {
    printed += text
  })
  // Its end shows by the exit code; writing to a process that has just ended is no failure beside it.
  process_.stdin.on('error', () => {})
  process_.once('close', (code, signal) => {
    ended = `${program} ended with ${code ?? signal}:\n${printed}`
    onChange()
  })
  return {
    get acknowledged() {
      return acknowledged
    },
    checkAlive() {
      if (ended !== null) throw new Error(ended)
    },
    async finish() {
      this.checkAlive()
      process_.stdin.end()
      const deadline = setTimeout(() => {
        printed += `\nIt was killed: it had not ended ${finishWithinMs} ms after it was asked to.`
        process_.kill('SIGKILL')
      }, finishWithinMs)
      await closed
      clearTimeout(deadline)
      if (process_.exitCode !== 0) this.checkAlive()
    },
    kill: () => void process_.kill('SIGKILL'),
  }
}
