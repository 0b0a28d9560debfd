import {
  authorityFile,
  type ClientLanguage,
  groupIdOf,
  isEncrypted,
  type ProgramInput,
  quoted,
  recordCount,
} from './program.ts'

export const python: ClientLanguage = {
  id: 'python',
  name: 'Python',
  libraries: [
    {
      id: 'confluent-kafka',
      name: 'confluent-kafka',
      install: 'pip install confluent-kafka',
      configuration: (input) => ({ name: 'config.py', text: `config = {\n${settings(input)}}\n` }),
      producer: (input) => ({
        name: 'producer.py',
        text: producer(input),
        command: 'python3 producer.py',
      }),
      consumer: (input) => ({
        name: 'consumer.py',
        text: consumer(input),
        command: 'python3 consumer.py',
      }),
    },
    {
      id: 'kafka-python',
      name: 'kafka-python',
      install: 'pip install kafka-python',
      configuration: (input) => ({
        name: 'config.py',
        text: `config = {\n${plainSettings(input)}}\n`,
      }),
      producer: (input) => ({
        name: 'producer.py',
        text: plainProducer(input),
        command: 'python3 producer.py',
      }),
      consumer: (input) => ({
        name: 'consumer.py',
        text: plainConsumer(input),
        command: 'python3 consumer.py',
      }),
    },
  ],
}

function entries(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`).join('')
}

/** librdkafka's names. */
function settings(input: ProgramInput): string {
  return entries([
    ['bootstrap.servers', input.bootstrap],
    ['security.protocol', input.protocol],
    ...(isEncrypted(input) ? [['ssl.ca.location', authorityFile] as const] : []),
    ['sasl.mechanisms', 'PLAIN'],
    ['sasl.username', input.key],
    ['sasl.password', input.secret],
  ])
}

function producer(input: ProgramInput): string {
  return `from confluent_kafka import Producer

config = {
${settings(input)}    "client.id": "python-producer",
    "acks": "all",
}


def report(error, message):
    if error is not None:
        raise SystemExit(f"not written: {error}")
    place = f"partition {message.partition()} at offset {message.offset()}"
    print(f"key {message.key().decode()} to {place}")


producer = Producer(config)
for order in range(1, ${recordCount + 1}):
    value = f'{{"orderid": {order}, "from": "python"}}'
    producer.produce(${quoted(input.topic)}, key=str(order), value=value, on_delivery=report)
producer.flush()
`
}

function consumer(input: ProgramInput): string {
  return `from confluent_kafka import Consumer

config = {
${settings(input)}    "client.id": "python-consumer",
    "group.id": ${quoted(groupIdOf(input.topic))},
    "auto.offset.reset": "earliest",
    "session.timeout.ms": 45000,
}

consumer = Consumer(config)
consumer.subscribe([${quoted(input.topic)}])
try:
    while True:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            print(message.error())
            continue
        key = message.key().decode() if message.key() else None
        value = message.value().decode() if message.value() else None
        place = f"partition {message.partition()} offset {message.offset()}"
        print(f"{place}: {key} {value}", flush=True)
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
`
}

/** kafka-python takes its settings as arguments. */
function plainSettings(input: ProgramInput): string {
  return entries([
    ['bootstrap_servers', input.bootstrap],
    ['security_protocol', input.protocol],
    ...(isEncrypted(input) ? [['ssl_cafile', authorityFile] as const] : []),
    ['sasl_mechanism', 'PLAIN'],
    ['sasl_plain_username', input.key],
    ['sasl_plain_password', input.secret],
  ])
}

function plainProducer(input: ProgramInput): string {
  return `from kafka import KafkaProducer

config = {
${plainSettings(input)}    "client_id": "python-producer",
    "acks": "all",
}

producer = KafkaProducer(**config)
for order in range(1, ${recordCount + 1}):
    value = f'{{"orderid": {order}, "from": "python"}}'
    sent = producer.send(${quoted(input.topic)}, key=str(order).encode(), value=value.encode())
    written = sent.get(timeout=30)
    print(f"key {order} to partition {written.partition} at offset {written.offset}")
producer.close()
`
}

function plainConsumer(input: ProgramInput): string {
  return `from kafka import KafkaConsumer

config = {
${plainSettings(input)}    "client_id": "python-consumer",
    "group_id": ${quoted(groupIdOf(input.topic))},
    "auto_offset_reset": "earliest",
}

consumer = KafkaConsumer(${quoted(input.topic)}, **config)
try:
    for record in consumer:
        key = record.key.decode() if record.key else None
        value = record.value.decode() if record.value else None
        print(f"partition {record.partition} offset {record.offset}: {key} {value}", flush=True)
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
`
}
