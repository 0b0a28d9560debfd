import { BmpString, ObjectIdentifier } from 'asn1js'
import {
  Attribute,
  AuthenticatedSafe,
  CertBag,
  Certificate,
  PFX,
  SafeBag,
  SafeContents,
} from 'pkijs'
import { trustStorePassword } from '../rules/tls.ts'
import { derOf } from './certified-key.ts'

/**
 * A certificate as a PKCS12 file that Java takes for a trust store.
 *
 * It is in clear, and only the integrity depends on the password: everybody may have it, every Java
 * reads it so (PBES2 only since 8u301), and a program that was told no password trusts it too, where
 * of an encrypted one Java would silently read nothing.
 */
export async function encodeTrustStore(certificatePem: string): Promise<Buffer> {
  const certificate = Certificate.fromBER(derOf(certificatePem))
  const bag = new SafeBag({
    bagId: CERTIFICATE_BAG,
    bagValue: new CertBag({ parsedValue: certificate }),
    bagAttributes: [
      new Attribute({ type: FRIENDLY_NAME, values: [new BmpString({ value: 'tributary' })] }),
      new Attribute({
        type: TRUSTED_KEY_USAGE,
        values: [new ObjectIdentifier({ value: ANY_EXTENDED_KEY_USAGE })],
      }),
    ],
  })
  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [{ privacyMode: IN_CLEAR, value: new SafeContents({ safeBags: [bag] }) }],
    },
  })
  await safe.makeInternalValues({ safeContents: [{}] })
  const store = new PFX({ parsedValue: { integrityMode: BY_PASSWORD, authenticatedSafe: safe } })
  await store.makeInternalValues({
    password: new TextEncoder().encode(trustStorePassword).buffer,
    iterations: ITERATIONS,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  })
  return Buffer.from(store.toSchema().toBER())
}

const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3'
const FRIENDLY_NAME = '1.2.840.113549.1.9.20'
/** Oracle's: Java takes a certificate without it for none that it should trust, and skips it. */
const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1'
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'

/** What pkijs calls its modes by numbers. */
const IN_CLEAR = 0
const BY_PASSWORD = 0

/** OpenSSL's default. More would slow down only those who know a password that is public. */
const ITERATIONS = 2048
