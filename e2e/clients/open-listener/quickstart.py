"""kafka-python as its own documentation begins: a bootstrap server, and no other setting of security."""

import json
import sys

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import NewTopic

server = sys.argv[1]
told = {}

admin = KafkaAdminClient(bootstrap_servers=server)
admin.create_topics([NewTopic(name="made", num_partitions=3, replication_factor=1)])
told["created"] = "made" in admin.list_topics()

producer = KafkaProducer(bootstrap_servers=server)
sent = [producer.send("made", f"line {number}".encode()) for number in range(50)]
told["sent"] = len([future.get(timeout=30) for future in sent])
# A topic that nobody has created: naming it does.
told["named"] = len(producer.partitions_for("named-by-python"))
producer.close()

consumer = KafkaConsumer(
    "made",
    bootstrap_servers=server,
    group_id="quickstart",
    auto_offset_reset="earliest",
    consumer_timeout_ms=15000,
)
received = 0
for _ in consumer:
    received += 1
    if received == 50:
        break
told["received"] = received
told["partitions"] = len(consumer.partitions_for_topic("made"))
consumer.commit()
told["committed"] = sum(consumer.committed(partition) or 0 for partition in consumer.assignment())
consumer.close()
admin.close()

print(json.dumps(told))
