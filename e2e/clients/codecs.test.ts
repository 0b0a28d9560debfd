import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../lib/paths.ts'
import { createOrganisation, type Organisation, type OwnCluster } from '../support/organisation.ts'
import { type Product, startProduct } from '../support/product.ts'
import { runClient } from './client-processes.ts'
import { type Codec, clients, codecs, titled } from './client-table.ts'
import { openClusterReader } from './cluster-reader.ts'
import { quick } from './quick.ts'

// Every client reads what all of them wrote, each by its own compression library; so does the console.

const perClient = 200
const value = (writer: string, index: number) => `${writer} ${index} ${'so it goes '.repeat(20)}`

let product: Product
let folder: string
let keyFile: string
let organisation: Organisation
let cluster: OwnCluster
let key: Awaited<ReturnType<OwnCluster['createKey']>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-codecs-'))
  product = await startProduct()
  organisation = await createOrganisation(product.consoleUrl)
  cluster = await organisation.createCluster('codecs')
  key = await cluster.createKey()
  keyFile = join(folder, 'api-key.txt')
  const said = ['API key:', key.key, '', 'API secret:', key.secret, '', 'Bootstrap server:']
  writeFileSync(keyFile, [...said, key.bootstrapServer, ''].join('\n'))
  for (const codec of codecs) await cluster.createTopic({ name: codec, partitions: 2 })
})

afterAll(async () => {
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(quick ? codecs.filter((codec) => codec === 'zstd') : codecs)('%s', (codec) => {
  // What cannot be run is reported once, by the other suites.
  const here = clients.filter(({ program }) => program.ok)
  const writers = here.filter(({ writes }) => writes.includes(codec))
  const readers = here.filter(({ reads }) => reads.includes(codec))
  const written = () =>
    writers
      .flatMap(({ name }) => Array.from({ length: perClient }, (_, index) => value(name, index)))
      .sort()

  it.each(titled(writers))('is written by %s', async (_title, client) => {
    const lines = Array.from(
      { length: perClient },
      (_, index) => `${index % 20}\t${value(client.name, index)}\n`,
    )
    await runClient(client, ['produce', keyFile, codec, codec], lines.join(''))
  })

  it('is what the batches that are stored are compressed with', async () => {
    const reader = await openClusterReader(key)
    const compressions = await reader.compressions(codec)
    reader.close()
    expect(compressions.length).toBeGreaterThan(0)
    expect(new Set(compressions)).toEqual(new Set([codec]))
  })

  it('is read by the console', async () => {
    expect(await exportedValues(codec)).toEqual(written())
  })

  it.each(titled(readers))('is read by %s', async (_title, client) => {
    const count = `${written().length}`
    const events = await runClient(client, ['consume', keyFile, codec, count])
    const values = events.map((event) => (event.event === 'record' ? event.value : ''))
    expect(values.sort()).toEqual(written())
  })
})

/** All messages of a topic, as the console lets a user download them. */
async function exportedValues(topic: Codec): Promise<string[]> {
  const path = paths.messagesExport({ ...cluster, topic }, { format: 'ndjson' })
  const answer = await fetch(`${product.consoleUrl}${path}`, {
    headers: { cookie: organisation.cookie },
  })
  expect(answer.status).toBe(200)
  const lines = (await answer.text()).trim().split('\n')
  return lines.map((line): string => JSON.parse(line).value).sort()
}
