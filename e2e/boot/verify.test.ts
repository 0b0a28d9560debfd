import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeBatch } from '../../broker/protocol/records.ts'
import { produceBatch } from '../support/produced-batches.ts'
import { type Product, startProduct } from '../support/product.ts'
import { verifyFolder } from './verify-folder.ts'

const apiKey = { key: 'VERIFYKEY3456ABC', secret: 'verify-secret-that-is-long-enough' }
/** Stands in no other place of any file. */
const marker = 'the bytes that this test looks for'

let dataDir: string
let running: Product | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-verify-'))
})
afterEach(async () => {
  await running?.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

it('a data folder is whole, until a byte on the disk is another one', async () => {
  const preset = join(dataDir, 'preset.json')
  const place = { provider: 'gcp', region: 'europe-west2' }
  const topics = [{ name: 'rides', partitions: 1 }]
  const clusters = [{ name: 'dev', ...place, apiKeys: [apiKey], topics }]
  writeFileSync(preset, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  running = await startProduct({ dataDir, env: { TRIBUTARY_PRESET: preset } })
  expect(await verifyFolder(dataDir)).toMatchObject({
    code: 2,
    said: expect.stringContaining('stop Tributary'),
  })

  const file = { clusterId: '', bootstrapServer: `localhost:${running.kafkaPorts[0]}`, ...apiKey }
  for (const value of ['first', marker, 'last']) {
    const batch = encodeBatch([{ value: Buffer.from(value) }], { timestampMs: Date.now() })
    await produceBatch(file, 'rides', batch)
  }
  await running.stop()
  const whole = await verifyFolder(dataDir)
  expect(whole.said).toContain('1 partitions, ')
  expect(whole.code).toBe(0)

  flipByteOfMarker()
  const broken = await verifyFolder(dataDir)
  expect(broken.said).toMatch(/✗ lkc-\w+ rides-0 at offset 1: the checksum of the record batch/)
  expect(broken.code).toBe(1)
})

function flipByteOfMarker(): void {
  const path = join(dataDir, 'log.db')
  const bytes = readFileSync(path)
  const at = bytes.indexOf(marker)
  expect(at, `in ${readdirSync(dataDir)}`).toBeGreaterThan(0)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  writeFileSync(path, bytes)
}
