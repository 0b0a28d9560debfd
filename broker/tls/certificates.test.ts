import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loopbackNames, tlsFiles } from '../rules/tls.ts'
import { folderStore, memoryStore } from './certificate-stores.ts'
import { type CertificateStore, type Certificates, openCertificates } from './certificates.ts'
import { lifetimes } from './lifetimes.ts'

const NOW_MS = Date.UTC(2026, 10, 20)
const DAY_MS = 86_400_000

async function open(
  store: CertificateStore,
  { names = loopbackNames as readonly string[], nowMs = NOW_MS } = {},
): Promise<Certificates> {
  const opened = await openCertificates(store, { names, nowMs })
  if (!opened.ok) throw new Error(opened.damaged)
  return opened.certificates
}

function parsed({ authority, server }: Certificates) {
  return {
    authority: new X509Certificate(authority),
    server: new X509Certificate(server.certificate),
  }
}

describe("the broker's certificates", () => {
  it('are for every name, by an authority that may sign nothing but servers', async () => {
    const names = [...loopbackNames, 'kafka.lan', '*.example.com', '192.0.2.7', '2001:db8::ff']
    const { authority, server } = parsed(await open(memoryStore(), { names }))
    expect(authority.ca).toBe(true)
    expect(authority.subject).toMatch(/^CN=Tributary authority [0-9a-f]{8}$/)
    expect(server.ca).toBe(false)
    expect(server.checkIssued(authority)).toBe(true)
    expect(server.verify(authority.publicKey)).toBe(true)
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    for (const name of ['localhost', 'kafka.lan', 'a.example.com']) {
      expect(server.checkHost(name), name).toBeDefined()
    }
    for (const address of ['127.0.0.1', '::1', '192.0.2.7', '2001:db8:0:0::ff']) {
      expect(server.checkIP(address), address).toBeDefined()
    }
    expect(server.checkHost('other.lan')).toBeUndefined()
    expect(server.checkIP('192.0.2.8')).toBeUndefined()
  })

  it('stay what they are until something is due', async () => {
    const store = memoryStore()
    const before = await open(store)
    const lastDayMs = NOW_MS + lifetimes.serverMs - lifetimes.serverRenewalMs - DAY_MS
    expect(await open(store, { nowMs: lastDayMs })).toEqual(before)
  })

  it('are renewed before they end, by the same authority', async () => {
    const store = memoryStore()
    const before = await open(store)
    const nowMs = NOW_MS + lifetimes.serverMs - lifetimes.serverRenewalMs
    const after = await open(store, { nowMs })
    expect(after.authority).toBe(before.authority)
    expect(after.server.key).not.toBe(before.server.key)
    expect(Date.parse(parsed(after).server.validTo)).toBe(nowMs + lifetimes.serverMs)
  })

  it('are made again for a name that is new, and not for one that was taken away', async () => {
    const store = memoryStore()
    const before = await open(store)
    const more = await open(store, { names: [...loopbackNames, 'kafka.lan'] })
    expect(more.server).not.toEqual(before.server)
    expect(parsed(more).server.checkHost('kafka.lan')).toBeDefined()
    expect(await open(store)).toEqual(more)
  })

  it('hold for whoever trusts the authority as it was before its renewal', async () => {
    const store = memoryStore()
    const before = await open(store)
    const nowMs = NOW_MS + lifetimes.authorityMs - lifetimes.authorityRenewalMs
    const after = await open(store, { nowMs })
    expect(after.authority).not.toBe(before.authority)
    const [old, renewed] = [parsed(before).authority, parsed(after)]
    expect(renewed.server.checkIssued(old)).toBe(true)
    expect(renewed.server.verify(old.publicKey)).toBe(true)
    expect(Date.parse(renewed.authority.validTo)).toBe(nowMs + lifetimes.authorityMs)
    expect(store.read(tlsFiles.certificate)?.toString()).toBe(after.authority)
  })

  it('never end after their authority', async () => {
    const store = memoryStore()
    await open(store)
    const lastMs = NOW_MS + lifetimes.authorityMs - lifetimes.authorityRenewalMs - DAY_MS
    const { authority, server } = parsed(await open(store, { nowMs: lastMs }))
    expect(Date.parse(server.validTo)).toBeLessThan(Date.parse(authority.validTo))
  })
})

describe('the folder of certificates', () => {
  let folder: string

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'certificates-')), 'tls')
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

  it('keeps keys for their owner alone, and no drafts', async () => {
    await open(folderStore(folder))
    const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777
    expect(modeOf('.')).toBe(0o700)
    expect(modeOf(tlsFiles.authority)).toBe(0o600)
    expect(modeOf(tlsFiles.server)).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(Object.values(tlsFiles).sort())
  })

  it('makes again what was lost or damaged, but the authority', async () => {
    const store = folderStore(folder)
    const before = await open(store)
    for (const name of [tlsFiles.server, tlsFiles.certificate, tlsFiles.trustStore]) {
      writeFileSync(join(folder, name), 'damaged')
    }
    const after = await open(store)
    expect(after.authority).toBe(before.authority)
    expect(parsed(after).server.verify(parsed(before).authority.publicKey)).toBe(true)
    expect(store.read(tlsFiles.certificate)?.toString()).toBe(before.authority)
    const der = parsed(before).authority.raw
    expect(store.read(tlsFiles.trustStore)?.includes(der)).toBe(true)
  })

  it('is refused where the authority is damaged', async () => {
    const store = folderStore(folder)
    await open(store)
    const kept = store.read(tlsFiles.authority)?.toString() ?? ''
    const other = memoryStore()
    await open(other)
    const foreign = other.read(tlsFiles.authority)?.toString() ?? ''
    const keyOf = (text: string) => text.slice(0, text.indexOf('-----BEGIN CERTIFICATE'))
    const damaged = [kept.slice(0, 300), '', keyOf(kept), kept.replace(keyOf(kept), keyOf(foreign))]
    for (const text of damaged) {
      writeFileSync(join(folder, tlsFiles.authority), text)
      const opened = await openCertificates(store, { names: loopbackNames, nowMs: NOW_MS })
      expect(opened).toEqual({ ok: false, damaged: tlsFiles.authority })
    }
  })
})
