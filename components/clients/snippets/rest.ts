import { paths } from '../../../lib/paths.ts'
import { type ClientLanguage, type ProgramInput, recordCount, shellQuoted } from './program.ts'

/** Kafka REST v3 with an API key: what any program can do that speaks HTTP. It writes, and does not read. */
export const rest: ClientLanguage = {
  id: 'rest',
  name: 'REST',
  libraries: [
    {
      id: 'rest',
      name: 'curl',
      install: 'apt install curl    # or: brew install curl',
      configuration: (input) => ({ name: 'curl.conf', text: configuration(input) }),
      topic: (input) => ({ name: 'topic.sh', text: topic(input), command: 'sh topic.sh' }),
      producer: (input) => ({
        name: 'producer.sh',
        text: producer(input),
        command: 'sh producer.sh',
      }),
      isHttp: true,
    },
  ],
}

function user({ key, secret }: ProgramInput): string {
  return shellQuoted(`${key}:${secret}`)
}

function configuration({ key, secret }: ProgramInput): string {
  const quotedUser = `${key}:${secret}`.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `# curl --config curl.conf …
user = "${quotedUser}"
header = "Content-Type: application/json"
`
}

function topic(input: ProgramInput): string {
  return `curl --silent --show-error --fail --user ${user(input)} \\
  ${shellQuoted(input.restUrl + paths.restTopic(input))}
`
}

function producer(input: ProgramInput): string {
  return `# Each line is a record. All of them go in one request, and each is answered by itself.
for order in $(seq ${recordCount}); do
  printf '{"key": {"type": "STRING", "data": "%s"}, "value": {"type": "JSON", "data": {"orderid": %s, "from": "curl"}}}\\n' "$order" "$order"
done | curl --silent --show-error --fail --user ${user(input)} \\
  --header 'Content-Type: application/json' --data-binary @- \\
  ${shellQuoted(input.restUrl + paths.restRecords(input))}
`
}
