import { type IncomingHttpHeaders, request } from 'node:http'

export interface Question {
  readonly path: string
  readonly method?: string
  /** Sent as they are; `fetch` would not let a test choose its `Host`. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** An event stream, which never ends by itself, is left once it has sent this. */
  readonly until?: string
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The whole body; of an event stream what came before it was left. */
  readonly text: string
}

/** One HTTP request with exactly these headers; follows no redirect and keeps no cookie. */
export function ask(consoleUrl: string, question: Question): Promise<Answer> {
  const { path, method = 'GET', headers = {}, body, until = '' } = question
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, consoleUrl), { method, headers, agent: false })
    sent.once('error', reject)
    sent.once('response', (response) => {
      const chunks: Buffer[] = []
      const text = () => Buffer.concat(chunks).toString('utf8')
      const answer = () => ({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: text(),
      })
      const isStream = response.headers['content-type']?.startsWith('text/event-stream')
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (!isStream || !text().includes(until)) return
        resolve(answer())
        sent.destroy()
      })
      response.once('end', () => resolve(answer()))
      // After a stream was left on purpose this rejects a promise that is settled already.
      response.once('error', reject)
    })
    sent.end(body)
  })
}
