"""kafka-python, driven as every client here: produce | consume | member (see ../README.md)."""

import json
import os
import select
import sys

from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer, TopicPartition


def read_key_file(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    below = lambda label: lines[lines.index(label) + 1]
    ca_file = os.environ.get("SSL_CA_FILE")
    return {
        "bootstrap_servers": below("Bootstrap server:"),
        "security_protocol": "SASL_PLAINTEXT" if ca_file is None else "SASL_SSL",
        "ssl_cafile": ca_file,
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": below("API key:"),
        "sasl_plain_password": below("API secret:"),
    }


def report(event):
    print(json.dumps(event), flush=True)


def report_record(record):
    report(
        {
            "event": "record",
            "partition": record.partition,
            "offset": record.offset,
            "key": record.key.decode() if record.key is not None else None,
            "value": record.value.decode(),
        }
    )


def produce(connection, topic, _argument):
    producer = KafkaProducer(acks="all", linger_ms=5, **connection)
    sent = []
    for line in sys.stdin:
        key, value = line.rstrip("\n").split("\t", 1)
        sent.append(producer.send(topic, key=key.encode(), value=value.encode()))
    producer.flush()
    for future in sent:
        future.get(timeout=30)
    producer.close()


def consume(connection, topic, argument):
    consumer = KafkaConsumer(auto_offset_reset="earliest", enable_auto_commit=False, **connection)
    partitions = sorted(consumer.partitions_for_topic(topic))
    consumer.assign([TopicPartition(topic, partition) for partition in partitions])
    missing = int(argument)
    for record in consumer:
        report_record(record)
        missing -= 1
        if missing == 0:
            break
    consumer.close()


class ReportAssignment(ConsumerRebalanceListener):
    def on_partitions_revoked(self, revoked):
        pass

    def on_partitions_assigned(self, assigned):
        report({"event": "assigned", "partitions": [each.partition for each in assigned]})


def member(connection, topic, argument):
    consumer = KafkaConsumer(
        group_id=argument,
        auto_offset_reset="earliest",
        auto_commit_interval_ms=200,
        session_timeout_ms=6000,
        heartbeat_interval_ms=500,
        **connection,
    )
    consumer.subscribe([topic], listener=ReportAssignment())
    while not select.select([sys.stdin], [], [], 0)[0]:
        for records in consumer.poll(timeout_ms=200).values():
            for record in records:
                report_record(record)
    consumer.close()


COMMANDS = {"produce": produce, "consume": consume, "member": member}

if __name__ == "__main__":
    command, key_file, topic = sys.argv[1:4]
    argument = sys.argv[4] if len(sys.argv) > 4 else None
    COMMANDS[command](read_key_file(key_file), topic, argument)
