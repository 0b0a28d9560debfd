"""kafka-python, driven as every client here: produce | consume | member | admin (see ../README.md)."""

import os
import select
import sys

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(__file__), ".."))

import kafka
from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer, TopicPartition

import contract


# Debian's; between it and those of today nearly every answer to an admin call changed its shape.
IS_DEBIANS = kafka.__version__ == "2.0.2"


def options_of(key_file):
    bootstrap, key, secret, ca_file = key_file
    patience = {} if IS_DEBIANS else {"bootstrap_timeout_ms": contract.PATIENCE_MS}
    return {
        **patience,
        "client_id": "kafka-python-e2e",
        "bootstrap_servers": bootstrap,
        "security_protocol": "SASL_PLAINTEXT" if ca_file is None else "SASL_SSL",
        "ssl_cafile": ca_file,
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": key,
        "sasl_plain_password": secret,
    }


def report_record(record):
    contract.report_record(record.partition, record.offset, record.key, record.value)


def produce(key_file, topic, codec="none"):
    compression = None if codec == "none" else codec
    producer = KafkaProducer(acks="all", linger_ms=5, compression_type=compression, **options_of(key_file))
    sent = [producer.send(topic, key=key, value=value) for key, value in contract.keyed_records()]
    producer.flush()
    for future in sent:
        future.get(timeout=30)
    producer.close()


def consume(key_file, topic, count):
    consumer = KafkaConsumer(auto_offset_reset="earliest", enable_auto_commit=False, **options_of(key_file))
    partitions = sorted(consumer.partitions_for_topic(topic))
    consumer.assign([TopicPartition(topic, partition) for partition in partitions])
    missing = int(count)
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
        contract.report_assigned(each.partition for each in assigned)


def member(key_file, topic, group):
    consumer = KafkaConsumer(
        group_id=group,
        auto_offset_reset="earliest",
        auto_commit_interval_ms=200,
        session_timeout_ms=6000,
        heartbeat_interval_ms=500,
        **options_of(key_file),
    )
    consumer.subscribe([topic], listener=ReportAssignment())
    while not select.select([sys.stdin], [], [], 0)[0]:
        for records in consumer.poll(timeout_ms=200).values():
            for record in records:
                report_record(record)
    consumer.close()


def admin(key_file):
    if IS_DEBIANS:
        from admin_debian import administer
    else:
        from admin import administer
    administer(options_of(key_file))


if __name__ == "__main__":
    contract.run({"produce": produce, "consume": consume, "member": member, "admin": admin})
