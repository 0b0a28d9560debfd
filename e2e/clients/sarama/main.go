// sarama, driven as every client here: produce | consume | member | admin (see ../README.md).
package main

import (
	"context"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/IBM/sarama"
	"tributary/contract"
)

func main() {
	connection := contract.ReadKeyFile(os.Args[2])
	config := sarama.NewConfig()
	config.ClientID = "sarama-e2e"
	// Unset, it speaks as to Kafka 2.8.
	config.Version = sarama.MaxVersion
	config.Net.SASL.Enable = true
	config.Net.SASL.User = connection.Key
	config.Net.SASL.Password = connection.Secret
	config.Net.TLS.Enable = connection.TLS != nil
	config.Net.TLS.Config = connection.TLS
	brokers := []string{connection.Bootstrap}
	arguments := os.Args[3:]
	switch os.Args[1] {
	case "produce":
		produce(brokers, config, arguments)
	case "consume":
		consume(brokers, config, arguments[0], arguments[1])
	case "member":
		member(brokers, config, arguments[0], arguments[1])
	case "admin":
		administer(brokers, config)
	}
}

var codecs = map[string]sarama.CompressionCodec{
	"none":   sarama.CompressionNone,
	"gzip":   sarama.CompressionGZIP,
	"snappy": sarama.CompressionSnappy,
	"lz4":    sarama.CompressionLZ4,
	"zstd":   sarama.CompressionZSTD,
}

func produce(brokers []string, config *sarama.Config, arguments []string) {
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Producer.Idempotent = true
	// What idempotence asks of this library.
	config.Net.MaxOpenRequests = 1
	config.Producer.Return.Successes = true
	if len(arguments) > 1 {
		config.Producer.Compression = codecs[arguments[1]]
	}
	producer, err := sarama.NewSyncProducer(brokers, config)
	contract.Must(err)
	var messages []*sarama.ProducerMessage
	for _, record := range contract.ReadKeyedRecords() {
		messages = append(messages, &sarama.ProducerMessage{
			Topic: arguments[0],
			Key:   sarama.StringEncoder(record.Key),
			Value: sarama.StringEncoder(record.Value),
		})
	}
	contract.Must(producer.SendMessages(messages))
	contract.Must(producer.Close())
}

func consume(brokers []string, config *sarama.Config, topic, count string) {
	missing, err := strconv.Atoi(count)
	contract.Must(err)
	consumer, err := sarama.NewConsumer(brokers, config)
	contract.Must(err)
	partitions, err := consumer.Partitions(topic)
	contract.Must(err)
	messages := make(chan *sarama.ConsumerMessage)
	for _, partition := range partitions {
		reader, err := consumer.ConsumePartition(topic, partition, sarama.OffsetOldest)
		contract.Must(err)
		go func() {
			for message := range reader.Messages() {
				messages <- message
			}
		}()
	}
	for ; missing > 0; missing-- {
		message := <-messages
		contract.ReportRecord(message.Partition, message.Offset, message.Key, message.Value)
	}
}

func member(brokers []string, config *sarama.Config, topic, group string) {
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.AutoCommit.Interval = 200 * time.Millisecond
	config.Consumer.Group.Session.Timeout = 6 * time.Second
	config.Consumer.Group.Heartbeat.Interval = 500 * time.Millisecond
	consumer, err := sarama.NewConsumerGroup(brokers, group, config)
	contract.Must(err)
	leaving, leave := context.WithCancel(context.Background())
	go func() {
		<-contract.InputEnded()
		leave()
	}()
	for leaving.Err() == nil {
		contract.Must(consumer.Consume(leaving, []string{topic}, &reporter{topic: topic}))
	}
	contract.Must(consumer.Close())
}

// reporter tells of one session, between two rebalances.
type reporter struct {
	topic string
	each  sync.Mutex
}

func (r *reporter) Setup(session sarama.ConsumerGroupSession) error {
	contract.ReportAssigned(session.Claims()[r.topic])
	return nil
}

func (r *reporter) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (r *reporter) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message, open := <-claim.Messages():
			if !open {
				return nil
			}
			// What was told is marked before the session can end, so that it is committed along with it.
			r.each.Lock()
			contract.ReportRecord(message.Partition, message.Offset, message.Key, message.Value)
			session.MarkMessage(message, "")
			r.each.Unlock()
		case <-session.Context().Done():
			return nil
		}
	}
}
