import { jaas, propertyValue, trust } from './java.ts'
import {
  type ClientLanguage,
  groupIdOf,
  type ProgramInput,
  recordCount,
  shellQuoted,
} from './program.ts'

/** The scripts of Kafka's own download, which end in `.sh` there and are called so elsewhere. */
export const kafkaCli: ClientLanguage = {
  id: 'kafka-cli',
  name: 'Kafka CLI',
  libraries: [
    {
      id: 'kafka-cli',
      name: 'kafka-console-producer',
      install: 'brew install kafka    # or kafka.apache.org/downloads: bin/*.sh',
      configuration: clientProperties,
      topic: (input) => ({ name: 'topic.sh', text: topic(input), command: 'sh topic.sh' }),
      producer: (input) => ({
        name: 'producer.sh',
        text: producer(input),
        command: 'sh producer.sh',
      }),
      consumer: (input) => ({
        name: 'consumer.sh',
        text: consumer(input),
        command: 'sh consumer.sh',
      }),
      beside: (input) => [clientProperties(input)],
    },
  ],
}

/** What every tool takes by `--command-config`, `--producer.config` or `--consumer.config`. */
function clientProperties(input: ProgramInput) {
  const settings = [
    ['security.protocol', input.protocol],
    ...trust(input),
    ['sasl.mechanism', 'PLAIN'],
    ['sasl.jaas.config', propertyValue(jaas(input))],
  ] as const
  const text = settings.map(([name, value]) => `${name}=${value}\n`).join('')
  return { name: 'client.properties', text }
}

function topic(input: ProgramInput): string {
  return `kafka-topics --bootstrap-server ${shellQuoted(input.bootstrap)} \\
  --command-config client.properties \\
  --describe --topic ${shellQuoted(input.topic)}
`
}

function producer(input: ProgramInput): string {
  return `# Each line is a record: its key, a tab, its value. Options are called as Kafka 2.1 to 4 know
# them; from 4.2 on the tools mention newer names.
for order in $(seq ${recordCount}); do
  printf '%s\\t{"orderid": %s, "from": "kafka-cli"}\\n' "$order" "$order"
done | kafka-console-producer --bootstrap-server ${shellQuoted(input.bootstrap)} \\
  --producer.config client.properties \\
  --topic ${shellQuoted(input.topic)} \\
  --property parse.key=true
`
}

function consumer(input: ProgramInput): string {
  return `kafka-console-consumer --bootstrap-server ${shellQuoted(input.bootstrap)} \\
  --consumer.config client.properties \\
  --topic ${shellQuoted(input.topic)} \\
  --group ${shellQuoted(groupIdOf(input.topic))} \\
  --from-beginning \\
  --property print.partition=true --property print.offset=true --property print.key=true
`
}
