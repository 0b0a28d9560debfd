import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBER, type ObjectIdentifier } from 'asn1js'
import { type Attribute, CertBag, Certificate, PFX, type SafeBag, type SafeContents } from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loopbackNames, tlsFiles, trustStorePassword } from '../rules/tls.ts'
import { memoryStore } from './certificate-stores.ts'
import { openCertificates } from './certificates.ts'

let folder: string
let bytes: Buffer
let authority: X509Certificate

beforeAll(async () => {
  const store = memoryStore()
  const opened = await openCertificates(store, { names: loopbackNames, nowMs: Date.now() })
  if (!opened.ok) throw new Error(opened.damaged)
  authority = new X509Certificate(opened.certificates.authority)
  bytes = store.read(tlsFiles.trustStore) ?? Buffer.alloc(0)
  folder = mkdtempSync(join(tmpdir(), 'trust-store-'))
  writeFileSync(join(folder, tlsFiles.trustStore), bytes)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Checks the integrity under a password, and gives what is inside. */
async function readBags(password: string): Promise<readonly SafeBag[]> {
  const parsed = fromBER(Uint8Array.from(bytes).buffer)
  const store = new PFX({ schema: parsed.result })
  await store.parseInternalValues({
    password: new TextEncoder().encode(password).buffer,
    checkIntegrity: true,
  })
  const safe = store.parsedValue?.authenticatedSafe
  await safe?.parseInternalValues({ safeContents: [{}] })
  const contents: readonly { value: SafeContents }[] = safe?.parsedValue.safeContents ?? []
  return contents.flatMap(({ value }) => value.safeBags)
}

describe('the trust store', () => {
  it('holds the authority, marked as what Java should trust', async () => {
    const [bag, ...others] = await readBags(trustStorePassword)
    expect(others).toEqual([])
    const certificate = bag?.bagValue instanceof CertBag ? bag.bagValue.parsedValue : null
    expect(certificate).toBeInstanceOf(Certificate)
    expect(Buffer.from(certificate.toSchema().toBER()).equals(authority.raw)).toBe(true)
    const attributes = bag?.bagAttributes ?? []
    const usage = attributes.find((each: Attribute) => each.type === '2.16.840.1.113894.746875.1.1')
    const [value]: ObjectIdentifier[] = usage?.values ?? []
    expect(value?.valueBlock.toString()).toBe('2.5.29.37.0')
  })

  it('shows whoever knows the password that nobody changed it', async () => {
    await expect(readBags('wrong')).rejects.toThrow()
  })

  const java = spawnSync('keytool', ['-help']).error === undefined
  if (!java) console.log('Java is missing: that keytool reads the trust store is not checked here.')

  it.skipIf(!java).each([
    ['with its password', ['-storepass', trustStorePassword]],
    ['without one', []],
  ])('is read by Java %s', (_how, options) => {
    const path = join(folder, tlsFiles.trustStore)
    // An empty line is keytool's word for no password.
    const listed = spawnSync('keytool', ['-list', '-keystore', path, ...options], {
      input: '\n',
      encoding: 'utf8',
    })
    expect(listed.stdout).toContain('Your keystore contains 1 entry')
    expect(listed.stdout).toMatch(/tributary, .*, trustedCertEntry/)
    expect(listed.stdout).toContain(authority.fingerprint256)
  })
})
