/**
 * Speaks to a Kafka broker over a stream that somebody else has connected (TCP, TLS or a pipe in
 * a test). Requests are pipelined: each is written at once, answers are matched by correlation id.
 */
import type { Duplex } from 'node:stream'
import { decodeResponse } from './codec.ts'
import { decodeResponseHeader, encodeRequestFrame } from './header.ts'
import { ApiVersions } from './messages/api-versions.ts'
import { SaslAuthenticate } from './messages/sasl-authenticate.ts'
import { SaslHandshake } from './messages/sasl-handshake.ts'
import { ResponseFrames } from './response-frames.ts'
import type { Api, RequestToSend, ResponseReceived } from './schema.ts'
import { asBuffer } from './wire.ts'

export interface KafkaClient {
  /** Resolves with the answer; rejects where it cannot be decoded or the connection ends before it. */
  send<A extends Api>(
    api: A,
    version: number,
    request: RequestToSend<A>,
    options?: SendOptions,
  ): Promise<ResponseReceived<A>>
  /** Sends what is not answered: Produce with acks=0. */
  post<A extends Api>(
    api: A,
    version: number,
    request: RequestToSend<A>,
    options?: SendOptions,
  ): void
  /**
   * Sends a prebuilt frame, its int32 length included; resolves with the frame (without a length)
   * that answers its correlation id. Ids of 2^30 and above are the caller's, those below are ours.
   */
  sendRaw(frame: Uint8Array): Promise<Buffer>
  /** Signs in with SASL/PLAIN; rejects with a `SignInError` where the broker refuses. */
  authenticate(key: string, secret: string): Promise<void>
  /** Ends the connection; everything pending is rejected. */
  close(): void
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>
}

export interface SendOptions {
  readonly clientId?: string | null
}

export interface ClientOptions {
  readonly clientId?: string | null
  /** The largest answer that is accepted; by default 100 MiB. */
  readonly frameBytesMax?: number
}

/** The connection ended before the answer came. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded'
}

/** The broker refused the key or the secret, or does not offer PLAIN. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly errorCode: number
  constructor(errorCode: number, message: string) {
    super(message)
    this.errorCode = errorCode
  }
}

/** A client over a connected stream, which it then owns. */
export function createClient(stream: Duplex, options: ClientOptions = {}): KafkaClient {
  const answers = new PendingAnswers()
  let nextId = 1

  function write(segments: readonly Uint8Array[]) {
    stream.cork()
    for (const segment of segments) {
      stream.write(segment)
    }
    stream.uncork()
  }

  function frameOf<A extends Api>(
    api: A,
    version: number,
    request: RequestToSend<A>,
    sendOptions: SendOptions | undefined,
  ) {
    const correlationId = nextId
    nextId = nextId === OWN_IDS_MAX ? 1 : nextId + 1
    const clientId = sendOptions?.clientId ?? options.clientId ?? null
    return {
      correlationId,
      segments: encodeRequestFrame(api, version, { correlationId, clientId }, request),
    }
  }

  const client: KafkaClient = {
    closed: new Promise((resolve) => stream.once('close', resolve)),
    async send(api, version, request, sendOptions) {
      const { correlationId, segments } = frameOf(api, version, request, sendOptions)
      const answer = answers.wait(correlationId)
      write(segments)
      return decodeAnswer(api, version, await answer)
    },
    post(api, version, request, sendOptions) {
      write(frameOf(api, version, request, sendOptions).segments)
    },
    async sendRaw(frame) {
      const answer = answers.wait(asBuffer(frame).readInt32BE(8))
      write([frame])
      return answer
    },
    authenticate: (key, secret) => authenticate(client, key, secret),
    close: () => void stream.destroy(),
  }
  receive(stream, answers, options.frameBytesMax ?? FRAME_BYTES_MAX)
  return client
}

const OWN_IDS_MAX = 2 ** 30 - 1

const FRAME_BYTES_MAX = 100 * 1024 * 1024

function receive(stream: Duplex, answers: PendingAnswers, frameBytesMax: number) {
  const frames = new ResponseFrames(frameBytesMax)
  stream.on('data', (chunk: Buffer) => {
    try {
      for (const frame of frames.push(chunk)) {
        answers.settle(frame)
      }
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)))
    }
  })
  stream.on('error', (error) => answers.end(error))
  stream.once('end', () => answers.end())
  stream.once('close', () => answers.end())
}

/** Who waits for which correlation id. */
class PendingAnswers {
  readonly #pending = new Map<number, Pending>()
  #ended: Error | undefined

  wait(correlationId: number): Promise<Buffer> {
    if (this.#ended !== undefined) {
      return Promise.reject(this.#ended)
    }
    if (this.#pending.has(correlationId)) {
      return Promise.reject(new Error(`Correlation id ${correlationId} is waiting for its answer`))
    }
    return new Promise((resolve, reject) => this.#pending.set(correlationId, { resolve, reject }))
  }

  settle(frame: Buffer) {
    const correlationId = frame.readInt32BE(0)
    const waiting = this.#pending.get(correlationId)
    this.#pending.delete(correlationId)
    waiting?.resolve(frame)
  }

  end(cause?: Error) {
    this.#ended ??= new ConnectionEnded(
      cause === undefined ? 'The connection ended' : `The connection ended: ${cause.message}`,
      { cause },
    )
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of waiting) {
      reject(this.#ended)
    }
  }
}

interface Pending {
  readonly resolve: (frame: Buffer) => void
  readonly reject: (error: Error) => void
}

function decodeAnswer<A extends Api>(api: A, version: number, frame: Buffer): ResponseReceived<A> {
  const { bodyOffset } = decodeResponseHeader(api, version, frame)
  // A broker that does not know this version of ApiVersions answers in version 0 (KIP-511).
  const isOlder =
    api.key === ApiVersions.key &&
    frame.length >= bodyOffset + 2 &&
    frame.readInt16BE(bodyOffset) === UNSUPPORTED_VERSION
  return decodeResponse(api, isOlder ? 0 : version, frame, bodyOffset)
}

async function authenticate(client: KafkaClient, key: string, secret: string): Promise<void> {
  const handshake = await client.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
  if (handshake.errorCode !== 0) {
    const offered = handshake.mechanisms.join(', ')
    throw new SignInError(handshake.errorCode, `PLAIN is not among what is offered: ${offered}`)
  }
  const authBytes = Buffer.from(`\0${key}\0${secret}`)
  const answer = await client.send(SaslAuthenticate, 1, { authBytes })
  if (answer.errorCode !== 0) {
    throw new SignInError(answer.errorCode, answer.errorMessage ?? 'The broker refused the sign-in')
  }
}

const UNSUPPORTED_VERSION = 35
