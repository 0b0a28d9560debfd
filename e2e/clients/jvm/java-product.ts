import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { presetClusterId } from '../../../broker/rules/ids.ts'
import { tlsFiles, tlsFolder, trustStorePassword } from '../../../broker/rules/tls.ts'
import type { KeyFile } from '../../support/key-file.ts'
import { startProduct } from '../../support/product.ts'

/** A product with one cluster, and what a Java program needs to use it. */
export interface JavaProduct {
  readonly key: KeyFile
  readonly kafkaPorts: readonly number[]
  /** A file of client properties, by SASL_SSL and by SASL_PLAINTEXT. No `ssl.*` stands in either. */
  readonly properties: { readonly tls: string; readonly plaintext: string }
  /** Flags of a JVM that trusts the product's authority, which courses' programs rely on. */
  readonly trust: readonly string[]
  /** For what a test puts down; deleted at the end. */
  readonly folder: string
  stop(): Promise<void>
}

/** Starts the built product for a suite, whose name the cluster gets. */
export async function startJavaProduct(name: string): Promise<JavaProduct> {
  const folder = mkdtempSync(join(tmpdir(), `tributary-${name}-`))
  const apiKey = { key: 'JAVACLIENTS23456', secret: 'java-clients-secret' }
  const preset = { environments: [{ name: 'default', clusters: [{ name, apiKeys: [apiKey] }] }] }
  const presetFile = join(folder, 'preset.json')
  writeFileSync(presetFile, JSON.stringify(preset))
  const product = await startProduct({ env: { TRIBUTARY_PRESET: presetFile } })
  const bootstrapServer = `localhost:${product.kafkaPorts[0]}`
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  function propertiesFor(protocol: 'SASL_SSL' | 'SASL_PLAINTEXT') {
    const path = join(folder, `${protocol}.properties`)
    const lines = [
      `bootstrap.servers=${bootstrapServer}`,
      `security.protocol=${protocol}`,
      'sasl.mechanism=PLAIN',
      `sasl.jaas.config=${login} username='${apiKey.key}' password='${apiKey.secret}';`,
      'client.dns.lookup=use_all_dns_ips',
    ]
    writeFileSync(path, lines.join('\n'))
    return path
  }
  const trustStore = join(product.dataDir, tlsFolder, tlsFiles.trustStore)
  return {
    key: { ...apiKey, bootstrapServer, clusterId: presetClusterId('default', name) },
    kafkaPorts: product.kafkaPorts,
    properties: { tls: propertiesFor('SASL_SSL'), plaintext: propertiesFor('SASL_PLAINTEXT') },
    trust: [
      `-Djavax.net.ssl.trustStore=${trustStore}`,
      '-Djavax.net.ssl.trustStoreType=PKCS12',
      `-Djavax.net.ssl.trustStorePassword=${trustStorePassword}`,
    ],
    folder,
    async stop() {
      await product.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
