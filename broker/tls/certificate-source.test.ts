import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { loopbackNames, tlsFiles } from '../rules/tls.ts'
import { createCertificateSource } from './certificate-source.ts'
import { folderStore, memoryStore } from './certificate-stores.ts'
import type { Certificates } from './certificates.ts'
import { lifetimes } from './lifetimes.ts'

function createSource(store = memoryStore()) {
  const clock = createFakeClock()
  const lines: string[] = []
  const source = createCertificateSource({
    store,
    names: loopbackNames,
    clock,
    log: (line) => lines.push(line),
  })
  const renewed = new Promise<Certificates>((resolve) => source.onRenewed(resolve))
  return { clock, lines, source, renewed }
}

describe('certificates of a running broker', () => {
  it('are renewed while it runs', async () => {
    const { clock, lines, source, renewed } = createSource()
    const before = await source.current()
    clock.advance(lifetimes.serverMs - lifetimes.serverRenewalMs)
    const after = await renewed
    expect(after.authority).toBe(before.authority)
    expect(after.server.certificate).not.toBe(before.server.certificate)
    expect(await source.current()).toEqual(after)
    expect(lines).toEqual(['The certificate for TLS was renewed.'])
  })

  it('are opened when first asked for, and once for all who ask', async () => {
    const store = memoryStore()
    const { source } = createSource(store)
    expect(store.read(tlsFiles.authority)).toBeNull()
    const [one, other] = await Promise.all([source.current(), source.current()])
    expect(one).toBe(other)
  })

  it('that cannot be opened say which file is wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'source-'))
    writeFileSync(join(folder, tlsFiles.authority), 'damaged')
    await expect(createSource(folderStore(folder)).source.current()).rejects.toThrow(
      /^tls\/authority\.pem .* does not hold/,
    )
    writeFileSync(join(folder, 'file'), '')
    await expect(createSource(folderStore(join(folder, 'file'))).source.current()).rejects.toThrow(
      /file.* cannot be read or written .*: set DATA_DIR/,
    )
    rmSync(folder, { recursive: true })
  })
})
