import {
  authorityFile,
  type ClientLanguage,
  groupIdOf,
  isEncrypted,
  type ProgramInput,
  recordCount,
  shellQuoted,
} from './program.ts'

/** A program for the terminal, by librdkafka. */
export const kcat: ClientLanguage = {
  id: 'kcat',
  name: 'kcat',
  libraries: [
    {
      id: 'kcat',
      name: 'kcat',
      install: 'apt install kcat    # or: brew install kcat',
      configuration: (input) => ({ name: 'kcat.conf', text: configuration(input) }),
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
    },
  ],
}

function configuration(input: ProgramInput): string {
  return `bootstrap.servers=${input.bootstrap}
security.protocol=${input.protocol}
${isEncrypted(input) ? `ssl.ca.location=${authorityFile}\n` : ''}sasl.mechanisms=PLAIN
sasl.username=${input.key}
sasl.password=${input.secret}
session.timeout.ms=45000
`
}

function options(input: ProgramInput): string {
  const encryption = `  -X ssl.ca.location=${authorityFile} \\\n`
  return `  -b ${shellQuoted(input.bootstrap)} \\
  -X security.protocol=${input.protocol} \\
${isEncrypted(input) ? encryption : ''}  -X sasl.mechanisms=PLAIN \\
  -X sasl.username=${shellQuoted(input.key)} \\
  -X sasl.password=${shellQuoted(input.secret)} \\
`
}

function producer(input: ProgramInput): string {
  return `# Each line is a record: its key, a tab, its value.
for order in $(seq ${recordCount}); do
  printf '%s\\t{"orderid": %s, "from": "kcat"}\\n' "$order" "$order"
done | kcat -P -t ${shellQuoted(input.topic)} -K '\\t' \\
${options(input)}  -X client.id=kcat-producer \\
  -X acks=all
`
}

function consumer(input: ProgramInput): string {
  return `# -u writes each record at once, also where its output is a file.
kcat -G ${shellQuoted(groupIdOf(input.topic))} -u \\
  -f 'partition %p offset %o: %k %s\\n' \\
${options(input)}  -X client.id=kcat-consumer \\
  -X auto.offset.reset=earliest \\
  ${shellQuoted(input.topic)}
`
}
