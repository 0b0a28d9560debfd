// A plain kafkajs producer that outlives the product: it writes one record after another and notes
// every acknowledgement in a ledger of its own. Ends when standard input does.
import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { Kafka, logLevel, Partitioners } from 'kafkajs'

const { ports, key, secret, topic, partition, ledger } = JSON.parse(process.argv[2])
const name = 'plain'
const kafka = new Kafka({
  clientId: name,
  brokers: ports.map((port) => `localhost:${port}`),
  sasl: { mechanism: 'plain', username: key, password: secret },
  logLevel: logLevel.NOTHING,
  connectionTimeout: 500,
  requestTimeout: 10_000,
  retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 3 },
})

let stopping = false
process.stdin.resume()
process.stdin.once('end', () => {
  stopping = true
})

let producer = null
for (let number = 0; !stopping; number++) {
  const value = `${name}|${number}|${randomBytes(64).toString('base64')}`
  try {
    producer ??= await connected()
    const [sent] = await producer.send({ topic, acks: -1, messages: [{ partition, value }] })
    const hash = createHash('sha1').update(value).digest('base64')
    const line = { producer: name, partition, offset: Number(sent.baseOffset), hash }
    appendFileSync(ledger, `${JSON.stringify(line)}\n`)
    process.stdout.write('.')
  } catch {
    // Not acknowledged: the record may or may not be there, and nothing is promised about it.
    await producer?.disconnect().catch(() => {})
    producer = null
  }
}
// By its own hand: kafkajs leaves connections open whose sign-in went wrong, and each of them would
// keep this process alive for as long as the broker is.
process.exit(0)

async function connected() {
  const fresh = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  try {
    await fresh.connect()
  } catch (error) {
    await fresh.disconnect().catch(() => {})
    throw error
  }
  return fresh
}
