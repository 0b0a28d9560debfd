import type { KafkaClient } from '../../../broker/protocol/client.ts'
import { Metadata } from '../../../broker/protocol/messages/metadata.ts'
import { type SignInTarget, signIn } from './sign-in.ts'

/** Connections that are open and say nothing. */
export interface HeldConnections {
  readonly count: number
  /** How many of them still get an answer. */
  countServed(): Promise<number>
  close(): void
}

/** Clients that sign in at the same time; a broker lets 200 do so. */
const atOnce = 50

/** Opens so many connections, of which every `tlsEvery`th is by TLS. Rejects where one fails. */
export async function holdConnections(
  target: SignInTarget,
  { count, tlsEvery }: { readonly count: number; readonly tlsEvery: number },
): Promise<HeldConnections> {
  const clients: KafkaClient[] = []
  for (let from = 0; from < count; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => from + i)
    clients.push(
      ...(await Promise.all(numbers.map((number) => signIn(target, number % tlsEvery === 0)))),
    )
  }
  return {
    count,
    async countServed() {
      const asked = clients.map((client) => client.send(Metadata, 1, { topics: [] }))
      const answers = await Promise.allSettled(asked)
      return answers.filter(({ status }) => status === 'fulfilled').length
    },
    close() {
      for (const client of clients) client.close()
    },
  }
}
