// Every client by TLS, with nothing but a key and the certificate that the console offers.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tlsFiles, trustStorePassword } from '../../broker/rules/tls.ts'
import { type Product, startProduct } from '../support/product.ts'
import { runClient, startAdmin } from './client-processes.ts'
import { clients, titled } from './client-table.ts'
import { quick } from './quick.ts'

const topic = 'rides'
const records = Array.from({ length: 200 }, (_, index) => `key ${index % 20}\t${index}\n`)

const connector = {
  name: 'orders',
  config: {
    'connector.class': 'DatagenSource',
    'kafka.topic': 'orders',
    quickstart: 'ORDERS',
    'output.data.format': 'JSON',
    'max.interval': '50',
    'tasks.max': '1',
  },
}

let product: Product
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-tls-'))
  const apiKey = { key: 'TESTKEY234567ABC', secret: 'secret-of-the-test' }
  const names = [...clients.map(({ name }) => `${topic}-${name}`), connector.name]
  const topics = names.map((name) => ({ name, partitions: 2 }))
  const cluster = {
    name: 'dev',
    provider: 'gcp',
    region: 'europe-west2',
    apiKeys: [apiKey],
    connectors: [connector],
    topics,
  }
  const preset = { environments: [{ name: 'default', clusters: [cluster] }] }
  const presetFile = join(folder, 'preset.json')
  writeFileSync(presetFile, JSON.stringify(preset))
  // What speaks plaintext would fail here.
  const env = { TRIBUTARY_PRESET: presetFile, SECURITY_PROTOCOLS: 'SASL_SSL' }
  product = await startProduct({ env })
  const bootstrap = `localhost:${product.kafkaPorts[0]}`
  const lines = ['API key:', apiKey.key, '', 'API secret:', apiKey.secret, '', 'Bootstrap server:']
  writeFileSync(join(folder, 'api-key.txt'), [...lines, bootstrap, ''].join('\n'))
  for (const file of [tlsFiles.certificate, tlsFiles.trustStore]) {
    writeFileSync(join(folder, file), await download(file))
  }
})

afterAll(async () => {
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function download(file: string): Promise<Buffer> {
  const answer = await fetch(`${product.consoleUrl}/api/tls/${file}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${file}"`)
  return Buffer.from(await answer.arrayBuffer())
}

describe.each(titled(clients))('%s', (_title, client) => {
  const missing = !client.program.ok
  const place = () => [join(folder, 'api-key.txt'), `${topic}-${client.name}`] as const

  it.skipIf(missing)('writes and reads by SASL_SSL', async () => {
    const caFile = join(folder, tlsFiles.certificate)
    await runClient(client, ['produce', ...place()], records.join(''), { caFile })
    const events = await runClient(client, ['consume', ...place(), '200'], '', { caFile })
    const values = events.map((event) => (event.event === 'record' ? Number(event.value) : -1))
    expect(values.sort((a, b) => a - b)).toEqual(records.map((_, index) => index))
  })

  it.skipIf(missing)('administers by SASL_SSL', async () => {
    const [keyFile, name] = place()
    const admin = startAdmin(client, keyFile, { caFile: join(folder, tlsFiles.certificate) })
    const answer = await admin.ask('describeTopic', { topic: name })
    await admin.close()
    expect(answer).toMatchObject({ result: [{ partition: 0 }, { partition: 1 }] })
  })

  it.skipIf(missing || quick)('fails, and does not hang, by SASL_PLAINTEXT', async () => {
    const options = { patienceMs: 2_000 }
    const failing = runClient(client, ['produce', ...place()], records.join(''), options)
    await expect(failing).rejects.toThrow(`${client.name} produce ended with`)
  })
})

describe('a connector', () => {
  // It ends after as many records as it was asked for, however many follow.
  const [client] = clients.filter(({ name }) => name === 'kcat')

  it('signs in with its key by TLS too', async () => {
    if (client === undefined) throw new Error('kcat is one of the clients.')
    const place = [join(folder, 'api-key.txt'), connector.name]
    const caFile = join(folder, tlsFiles.certificate)
    const events = await runClient(client, ['consume', ...place, '5'], '', { caFile })
    expect(events.map(({ event }) => event)).toEqual(Array.from({ length: 5 }, () => 'record'))
  })
})

describe('the downloads', () => {
  it.each(['authority.pem', 'server.pem', '..%2Finternal.key', 'ca.pem%00'])(
    'do not hold %s',
    async (file) => {
      const answer = await fetch(`${product.consoleUrl}/api/tls/${file}`)
      expect(answer.status).toBe(404)
    },
  )

  const java = spawnSync('keytool', ['-help']).error === undefined
  if (!java) console.log('Java is missing: that keytool reads the trust store is not checked here.')

  it.skipIf(!java)('hold a trust store that Java reads', () => {
    const options = ['-keystore', join(folder, tlsFiles.trustStore)]
    const password = ['-storepass', trustStorePassword]
    const listed = spawnSync('keytool', ['-list', ...options, ...password], { encoding: 'utf8' })
    expect(listed.stdout).toMatch(/tributary, .*, trustedCertEntry/)
  })
})
