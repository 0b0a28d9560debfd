import { join } from 'node:path'
import { startProduct } from './product.ts'

/**
 * Playwright's global set-up: starts the built product once and tells the flows where it is, in
 * `TRIBUTARY_CONSOLE_URL` and `TRIBUTARY_RUNTIME` (the path of its runtime.json). With a
 * `TRIBUTARY_CONSOLE_URL` already set, the flows run against that one.
 */
export default async function startConsoleUnderTest(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TRIBUTARY_CONSOLE_URL) return undefined
  const product = await startProduct()
  process.env.TRIBUTARY_CONSOLE_URL = product.consoleUrl
  process.env.TRIBUTARY_RUNTIME = join(product.dataDir, 'runtime.json')
  return async () => {
    const code = await product.stop()
    if (code !== 0) throw new Error(`The product stopped with exit code ${code}.`)
  }
}
