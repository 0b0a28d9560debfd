import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { KeyFile } from './key-file.ts'

/** A program of somebody else's, as far as the console is concerned: kafkajs with a downloaded key. */
export function kafkajsWithKey(file: KeyFile): Kafka {
  return new Kafka({
    clientId: 'somebody',
    brokers: [file.bootstrapServer],
    sasl: { mechanism: 'plain', username: file.key, password: file.secret },
    logLevel: logLevel.NOTHING,
    retry: { retries: 1, initialRetryTime: 100 },
  })
}

export async function produceWithKey(
  file: KeyFile,
  topic: string,
  messages: readonly {
    readonly value: string
    readonly key?: string
    readonly partition?: number
  }[],
): Promise<void> {
  const producer = kafkajsWithKey(file).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  await producer.send({ topic, messages: [...messages] })
  await producer.disconnect()
}
