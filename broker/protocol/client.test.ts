import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { ConnectionEnded, createClient, type KafkaClient, SignInError } from './client.ts'
import { decodeRequest } from './codec.ts'
import {
  decodeRequestHeader,
  encodeRequestFrame,
  encodeResponseFrame,
  peekHeader,
} from './header.ts'
import { ApiVersions } from './messages/api-versions.ts'
import { Metadata } from './messages/metadata.ts'
import { Produce } from './messages/produce.ts'
import { SaslAuthenticate } from './messages/sasl-authenticate.ts'
import { SaslHandshake } from './messages/sasl-handshake.ts'
import { ResponseFrames } from './response-frames.ts'

type Reply = (frame: Buffer) => readonly Uint8Array[]

/** A stream whose other end answers every frame, in chunks of the given size. */
function streamTo(reply: Reply, chunkBytes = 1 << 20): Duplex {
  const requests = new ResponseFrames(1 << 20)
  return new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      for (const frame of requests.push(chunk)) {
        const answer = Buffer.concat(reply(frame))
        for (let at = 0; at < answer.length; at += chunkBytes) {
          this.push(answer.subarray(at, at + chunkBytes))
        }
      }
      done()
    },
  })
}

const metadataReply: Reply = (frame) => {
  const { apiVersion, correlationId } = peekHeader(frame)
  const { bodyOffset } = decodeRequestHeader(Metadata, apiVersion, frame)
  const names = decodeRequest(Metadata, apiVersion, frame, bodyOffset).topics ?? []
  const topics = names.map(({ name }) => ({ errorCode: 3, name, partitions: [] }))
  return encodeResponseFrame(Metadata, apiVersion, correlationId, { brokers: [], topics })
}

const ask = (client: KafkaClient, name: string, version = 12) =>
  client.send(Metadata, version, { topics: [{ name }] })

test.each([1, 3, 1000])(
  'answers in chunks of %i bytes reach the request they belong to',
  async (size) => {
    const client = createClient(streamTo(metadataReply, size), { clientId: 'test' })
    const answers = await Promise.all([ask(client, 'a'), ask(client, 'b', 1), ask(client, 'c')])
    expect(answers.map((answer) => answer.topics[0]?.name)).toEqual(['a', 'b', 'c'])
  },
)

test('answers may come in another order', async () => {
  const held: (readonly Uint8Array[])[] = []
  const client = createClient(
    streamTo((frame) => {
      held.unshift(metadataReply(frame))
      return held.length === 2 ? held.flat() : []
    }),
  )
  const answers = await Promise.all([ask(client, 'a'), ask(client, 'b')])
  expect(answers.map((answer) => answer.topics[0]?.name)).toEqual(['a', 'b'])
})

test('the client id is the one given with the request, else the client’s own', async () => {
  const seen: (string | null)[] = []
  const stream = streamTo((frame) => {
    seen.push(decodeRequestHeader(Metadata, peekHeader(frame).apiVersion, frame).clientId)
    return metadataReply(frame)
  })
  const client = createClient(stream, { clientId: 'own' })
  await ask(client, 'a')
  await client.send(Metadata, 1, { topics: null }, { clientId: 'another' })
  expect(seen).toEqual(['own', 'another'])
})

test('when the connection ends, everything pending and everything later is rejected', async () => {
  const stream = streamTo(() => [])
  const client = createClient(stream)
  const pending = [ask(client, 'a'), ask(client, 'b')]
  stream.destroy(new Error('cable cut'))
  for (const answer of pending) {
    await expect(answer).rejects.toThrow(/cable cut/)
  }
  await client.closed
  await expect(ask(client, 'c')).rejects.toThrow(ConnectionEnded)
})

test('an impossible frame length ends the connection', async () => {
  const client = createClient(streamTo(() => [Buffer.from('ffffffff', 'hex')]))
  await expect(ask(client, 'a')).rejects.toThrow(/-1 bytes/)
})

test('an answer that is no such message rejects its request only', async () => {
  const client = createClient(
    streamTo((frame) => {
      const { correlationId } = peekHeader(frame)
      const answer = metadataReply(frame)
      return correlationId === 1 ? [Buffer.from('0000000500000001ff', 'hex')] : answer
    }),
  )
  await expect(ask(client, 'a')).rejects.toThrow(/Response header/)
  expect((await ask(client, 'b')).topics[0]?.name).toBe('b')
})

test('a prebuilt frame is sent as it is, again and again', async () => {
  const seen: string[] = []
  const client = createClient(
    streamTo((frame) => {
      seen.push(frame.toString('hex'))
      return metadataReply(frame)
    }),
  )
  const header = { correlationId: 2 ** 30, clientId: null }
  const frame = Buffer.concat(encodeRequestFrame(Metadata, 1, header, { topics: [{ name: 'a' }] }))
  const first = await client.sendRaw(frame)
  expect(await client.sendRaw(frame)).toEqual(first)
  expect(seen).toEqual([frame.subarray(4).toString('hex'), frame.subarray(4).toString('hex')])
})

test('what is posted waits for no answer', async () => {
  const keys: number[] = []
  const client = createClient(
    streamTo((frame) => {
      const { apiKey } = peekHeader(frame)
      keys.push(apiKey)
      return apiKey === Produce.key ? [] : metadataReply(frame)
    }),
  )
  client.post(Produce, 9, { acks: 0, timeoutMs: 1, topicData: [] })
  await ask(client, 'a')
  expect(keys).toEqual([Produce.key, Metadata.key])
})

test('an older broker’s answer to ApiVersions is read as version 0', async () => {
  const client = createClient(
    streamTo((frame) =>
      encodeResponseFrame(ApiVersions, 0, peekHeader(frame).correlationId, {
        errorCode: 35,
        apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 2 }],
      }),
    ),
  )
  const answer = await client.send(ApiVersions, 4, {})
  expect(answer.apiKeys).toEqual([{ apiKey: 18, minVersion: 0, maxVersion: 2 }])
})

const saslReply =
  (password: string): Reply =>
  (frame) => {
    const { apiKey, correlationId } = peekHeader(frame)
    if (apiKey === SaslHandshake.key) {
      const answer = { errorCode: 0, mechanisms: ['PLAIN'] }
      return encodeResponseFrame(SaslHandshake, 1, correlationId, answer)
    }
    const { bodyOffset } = decodeRequestHeader(SaslAuthenticate, 1, frame)
    const { authBytes } = decodeRequest(SaslAuthenticate, 1, frame, bodyOffset)
    const isRight = Buffer.from(authBytes).toString() === `\0KEY\0${password}`
    return encodeResponseFrame(SaslAuthenticate, 1, correlationId, {
      errorCode: isRight ? 0 : 58,
      errorMessage: isRight ? null : 'wrong',
      authBytes: Buffer.alloc(0),
    })
  }

test('signs in with SASL/PLAIN', async () => {
  const client = createClient(streamTo(saslReply('secret')))
  await expect(client.authenticate('KEY', 'secret')).resolves.toBeUndefined()
})

test('a refused sign-in carries the broker’s code and words', async () => {
  const client = createClient(streamTo(saslReply('other')))
  const refusal = client.authenticate('KEY', 'secret')
  await expect(refusal).rejects.toThrow(SignInError)
  await expect(refusal).rejects.toMatchObject({ errorCode: 58, message: 'wrong' })
})
