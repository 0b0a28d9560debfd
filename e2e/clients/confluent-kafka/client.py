"""confluent-kafka (librdkafka), driven as every client here: produce | consume | member | admin (see ../README.md)."""

import os
import select
import sys

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(__file__), ".."))

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

import contract
from admin import administer


def options_of(key_file):
    bootstrap, key, secret, ca_file = key_file
    encryption = {} if ca_file is None else {"ssl.ca.location": ca_file}
    return {
        "client.id": "confluent-kafka-e2e",
        "bootstrap.servers": bootstrap,
        "security.protocol": "SASL_PLAINTEXT" if ca_file is None else "SASL_SSL",
        "sasl.mechanisms": "PLAIN",
        "sasl.username": key,
        "sasl.password": secret,
        **encryption,
    }


def produce(key_file, topic, codec="none"):
    failures = []
    producer = Producer(
        {
            **options_of(key_file),
            "acks": "all",
            "enable.idempotence": True,
            "compression.type": codec,
            "delivery.timeout.ms": contract.PATIENCE_MS,
        }
    )
    for key, value in contract.keyed_records():
        producer.produce(
            topic, key=key, value=value, on_delivery=lambda error, _message: failures.append(error) if error else None
        )
        producer.poll(0)
    producer.flush()
    if failures:
        sys.exit(str(failures[0]))


def consume(key_file, topic, count):
    consumer = Consumer({**options_of(key_file), "group.id": "unused", "enable.auto.commit": False})
    partitions = consumer.list_topics(topic).topics[topic].partitions
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in partitions])
    missing = int(count)
    while missing > 0:
        missing -= report_next(consumer, within_s=60)
    consumer.close()


def member(key_file, topic, group):
    consumer = Consumer(
        {
            **options_of(key_file),
            "group.id": group,
            "auto.offset.reset": "earliest",
            "auto.commit.interval.ms": 200,
            "session.timeout.ms": 6000,
            "heartbeat.interval.ms": 500,
        }
    )
    consumer.subscribe([topic], on_assign=lambda _, assigned: contract.report_assigned(each.partition for each in assigned))
    while not select.select([sys.stdin], [], [], 0)[0]:
        report_next(consumer, within_s=0.2)
    consumer.close()


def report_next(consumer, within_s):
    """Returns how many records there were: one or none."""
    message = consumer.poll(within_s)
    if message is None:
        return 0
    if message.error():
        sys.exit(str(message.error()))
    contract.report_record(message.partition(), message.offset(), message.key(), message.value())
    return 1


def admin(key_file):
    administer(options_of(key_file))


if __name__ == "__main__":
    contract.run({"produce": produce, "consume": consume, "member": member, "admin": admin})
