import { createPrivateKey, X509Certificate } from 'node:crypto'

/** A private key and the certificate of its public half, both PEM. */
export interface CertifiedKey {
  readonly key: string
  readonly certificate: string
}

/** One file for both, the key first. */
export function formatCertifiedKey({ key, certificate }: CertifiedKey): string {
  return `${key}${certificate}`
}

/** Reads such a file; null where it is damaged or the two do not belong together. */
export function parseCertifiedKey(text: string): CertifiedKey | null {
  const [key, certificate] = [block(text, 'PRIVATE KEY'), block(text, 'CERTIFICATE')]
  if (key === null || certificate === null) {
    return null
  }
  try {
    const belongs = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
    return belongs ? { key, certificate } : null
  } catch {
    return null
  }
}

/** The bytes that a PEM text stands for. */
export function derOf(pem: string): Buffer<ArrayBuffer> {
  return Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64')
}

export function pemOf(label: 'PRIVATE KEY' | 'CERTIFICATE', der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

function block(text: string, label: string): string | null {
  const found = new RegExp(`-----BEGIN ${label}-----[^-]*-----END ${label}-----\n?`).exec(text)
  return found === null ? null : `${found[0].trimEnd()}\n`
}
