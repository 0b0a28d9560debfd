import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { connectorConfig } from '../../broker/rules/connect.ts'
import type { ConfigMap } from './plugin.ts'

/**
 * Encrypts what is secret in connectors' configs (AES-256-GCM). The key is derived from
 * `internal.key` of the data folder, so that `services.db` alone tells no secret.
 */
export interface SecretBox {
  seal(secrets: ConfigMap, connectorId: string): Uint8Array<ArrayBuffer>
  /** Null where the bytes were sealed with another key, for another connector, or are damaged. */
  open(sealed: Uint8Array, connectorId: string): ConfigMap | null
}

const ivBytes = 12
const tagBytes = 16

export function createSecretBox(internalKey: Uint8Array): SecretBox {
  const key = new Uint8Array(hkdfSync('sha256', internalKey, '', 'connector secrets', 32))
  return {
    seal(secrets, connectorId) {
      const iv = randomBytes(ivBytes)
      // The id as additional data: bytes moved to another connector's row do not open.
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(connectorId))
      const text = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()])
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), text]))
    },
    open(sealed, connectorId) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(connectorId))
          .setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
        const text = Buffer.concat([
          decipher.update(sealed.subarray(ivBytes + tagBytes)),
          decipher.final(),
        ])
        return connectorConfig.parse(JSON.parse(text.toString()))
      } catch {
        // What GCM refuses says nothing more than that.
        return null
      }
    },
  }
}
