import {
  authorityFile,
  type ClientLanguage,
  groupIdOf,
  isEncrypted,
  type ProgramInput,
  quoted,
  recordCount,
} from './program.ts'

/** franz-go is written in Go alone, so that no C compiler is needed. */
export const go: ClientLanguage = {
  id: 'go',
  name: 'Go',
  libraries: [
    {
      id: 'franz-go',
      name: 'franz-go',
      install: 'go mod init orders && go get github.com/twmb/franz-go/pkg/kgo@v1.22.2',
      configuration: (input) => ({ name: 'config.go', text: configuration(input) }),
      producer: (input) => ({
        name: 'producer.go',
        text: producer(input),
        command: 'go run producer.go',
      }),
      consumer: (input) => ({
        name: 'consumer.go',
        text: consumer(input),
        command: 'go run consumer.go',
      }),
    },
  ],
}

function options(input: ProgramInput): string {
  const encryption = '\t\tkgo.DialTLSConfig(&tls.Config{RootCAs: authorities}),\n'
  return `		kgo.SeedBrokers(${quoted(input.bootstrap)}),
${isEncrypted(input) ? encryption : ''}		kgo.SASL(plain.Auth{
			User: ${quoted(input.key)},
			Pass: ${quoted(input.secret)},
		}.AsMechanism()),
`
}

/** Reads the certificate of the authority, where the connection is encrypted. */
function authorities(input: ProgramInput): string {
  if (!isEncrypted(input)) return ''
  return `	certificate, err := os.ReadFile("${authorityFile}")
	if err != nil {
		log.Fatal(err)
	}
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(certificate)

`
}

/** Standard packages in their order, with those that encryption needs. */
function imports(input: ProgramInput, packages: readonly string[]): string {
  const all = [...packages, ...(isEncrypted(input) ? ['crypto/tls', 'crypto/x509', 'os'] : [])]
  return all
    .sort()
    .map((name) => `\t"${name}"\n`)
    .join('')
}

function configuration(input: ProgramInput): string {
  return `${authorities(input).replaceAll(/^\t/gm, '')}client, err := kgo.NewClient(
${options(input).replaceAll(/^\t/gm, '')})
`
}

function producer(input: ProgramInput): string {
  return `package main

import (
${imports(input, ['context', 'fmt', 'log', 'strconv'])}
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"
)

func main() {
${authorities(input)}	client, err := kgo.NewClient(
		kgo.ClientID("go-producer"),
${options(input)}		kgo.RequiredAcks(kgo.AllISRAcks()),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	for order := 1; order <= ${recordCount}; order++ {
		record := &kgo.Record{
			Topic: ${quoted(input.topic)},
			Key:   []byte(strconv.Itoa(order)),
			Value: []byte(fmt.Sprintf(\`{"orderid": %d, "from": "go"}\`, order)),
		}
		written, err := client.ProduceSync(context.Background(), record).First()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("key %d to partition %d at offset %d\\n", order, written.Partition, written.Offset)
	}
}
`
}

function consumer(input: ProgramInput): string {
  return `package main

import (
${imports(input, ['context', 'fmt', 'log', 'os/signal', 'syscall'])}
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"
)

func main() {
${authorities(input)}	client, err := kgo.NewClient(
		kgo.ClientID("go-consumer"),
${options(input)}		kgo.ConsumerGroup(${quoted(groupIdOf(input.topic))}),
		kgo.ConsumeTopics(${quoted(input.topic)}),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	untilStopped, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	for untilStopped.Err() == nil {
		fetches := client.PollFetches(untilStopped)
		fetches.EachRecord(func(record *kgo.Record) {
			fmt.Printf("partition %d offset %d: %s %s\\n",
				record.Partition, record.Offset, record.Key, record.Value)
		})
	}
}
`
}
