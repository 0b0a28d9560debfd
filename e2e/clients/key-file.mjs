// The Node.js clients' reader of a downloaded key file. Plain JavaScript, so that each client stays
// a program that a user could run as it is.
import { readFileSync } from 'node:fs'

export function readKeyFile(path) {
  const lines = readFileSync(path, 'utf8').split('\n')
  const below = (label) => lines[lines.indexOf(label) + 1]
  return {
    key: below('API key:'),
    secret: below('API secret:'),
    bootstrapServer: below('Bootstrap server:'),
  }
}

/** The authority to trust; undefined where the client is to speak plaintext. */
export const caFile = process.env.SSL_CA_FILE

/** Lines of `key<TAB>value` from standard input. */
export async function readKeyedRecords() {
  let text = ''
  for await (const piece of process.stdin) text += piece
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t')
      return { key: line.slice(0, tab), value: line.slice(tab + 1) }
    })
}

export function report(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}
