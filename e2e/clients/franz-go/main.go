// franz-go, driven as every client here: produce | consume | member | admin (see ../README.md).
package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"tributary/contract"
)

func main() {
	connection := contract.ReadKeyFile(os.Args[2])
	options := []kgo.Opt{
		kgo.ClientID("franz-go-e2e"),
		kgo.SeedBrokers(connection.Bootstrap),
		kgo.SASL(plain.Auth{User: connection.Key, Pass: connection.Secret}.AsMechanism()),
		// Unset, it would go on trying.
		kgo.RecordDeliveryTimeout(contract.Patience()),
	}
	if connection.TLS != nil {
		options = append(options, kgo.DialTLSConfig(connection.TLS))
	}
	arguments := os.Args[3:]
	switch os.Args[1] {
	case "produce":
		produce(options, arguments)
	case "consume":
		consume(options, arguments[0], arguments[1])
	case "member":
		member(options, arguments[0], arguments[1])
	case "admin":
		administer(options)
	}
}

var codecs = map[string]kgo.CompressionCodec{
	"none":   kgo.NoCompression(),
	"gzip":   kgo.GzipCompression(),
	"snappy": kgo.SnappyCompression(),
	"lz4":    kgo.Lz4Compression(),
	"zstd":   kgo.ZstdCompression(),
}

func produce(options []kgo.Opt, arguments []string) {
	if len(arguments) > 1 {
		options = append(options, kgo.ProducerBatchCompression(codecs[arguments[1]]))
	}
	client := open(options, kgo.DefaultProduceTopic(arguments[0]))
	defer client.Close()
	var records []*kgo.Record
	for _, record := range contract.ReadKeyedRecords() {
		records = append(records, &kgo.Record{Key: []byte(record.Key), Value: []byte(record.Value)})
	}
	contract.Must(client.ProduceSync(context.Background(), records...).FirstErr())
}

func consume(options []kgo.Opt, topic, count string) {
	missing, err := strconv.Atoi(count)
	contract.Must(err)
	client := open(options, kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	defer client.Close()
	for missing > 0 {
		for _, record := range poll(context.Background(), client) {
			if missing > 0 {
				contract.ReportRecord(record.Partition, record.Offset, record.Key, record.Value)
				missing--
			}
		}
	}
}

func member(options []kgo.Opt, topic, group string) {
	// The default assignor is cooperative: what is assigned and what is taken away are told one by one.
	var partitions []int32
	take := func(_ context.Context, _ *kgo.Client, gone map[string][]int32) {
		partitions = slices.DeleteFunc(partitions, func(each int32) bool { return slices.Contains(gone[topic], each) })
		contract.ReportAssigned(partitions)
	}
	client := open(options,
		kgo.ConsumeTopics(topic),
		kgo.ConsumerGroup(group),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.SessionTimeout(6*time.Second),
		kgo.HeartbeatInterval(500*time.Millisecond),
		kgo.AutoCommitInterval(200*time.Millisecond),
		kgo.FetchMaxWait(500*time.Millisecond),
		kgo.OnPartitionsRevoked(take),
		kgo.OnPartitionsLost(take),
		kgo.OnPartitionsAssigned(func(_ context.Context, _ *kgo.Client, more map[string][]int32) {
			partitions = append(partitions, more[topic]...)
			contract.ReportAssigned(partitions)
		}),
	)
	leaving, leave := context.WithCancel(context.Background())
	go func() {
		<-contract.InputEnded()
		leave()
	}()
	for leaving.Err() == nil {
		for _, record := range poll(leaving, client) {
			contract.ReportRecord(record.Partition, record.Offset, record.Key, record.Value)
		}
	}
	contract.Must(client.CommitUncommittedOffsets(context.Background()))
	client.Close()
}

func poll(ctx context.Context, client *kgo.Client) []*kgo.Record {
	fetches := client.PollFetches(ctx)
	for _, failed := range fetches.Errors() {
		if ctx.Err() == nil {
			contract.Must(fmt.Errorf("partition %d: %w", failed.Partition, failed.Err))
		}
	}
	return fetches.Records()
}

func open(options []kgo.Opt, more ...kgo.Opt) *kgo.Client {
	client, err := kgo.NewClient(append(options, more...)...)
	contract.Must(err)
	return client
}
