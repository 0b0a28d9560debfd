"""The `admin` command with confluent-kafka."""

from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

import contract


def administer(options):
    client = AdminClient(options)
    steps = {**topic_steps(client), **offset_steps(client), **group_steps(client)}
    contract.serve_admin(steps, code_of)


def code_of(error):
    """librdkafka's own errors have negative codes."""
    code = error.args[0].code() if isinstance(error, KafkaException) else -1
    return code if code > 0 else None


def only(futures):
    [future] = futures.values()
    return future.result()


def topic_steps(client):
    def create_topic(request):
        only(client.create_topics([NewTopic(request["topic"], request["partitions"], config=request["configs"])]))

    def create_partitions(request):
        only(client.create_partitions([NewPartitions(request["topic"], request["partitions"])]))

    def delete_topic(request):
        only(client.delete_topics([request["topic"]]))

    def describe_topic(request):
        topic = only(client.describe_topics(TopicCollection([request["topic"]])))
        return [
            {
                "partition": each.id,
                "leader": each.leader.id,
                "replicas": [node.id for node in each.replicas],
                "isr": [node.id for node in each.isr],
            }
            for each in topic.partitions
        ]

    def describe_cluster(_request):
        cluster = client.describe_cluster().result()
        nodes = [{"id": each.id, "host": each.host, "port": each.port} for each in cluster.nodes]
        return {"clusterId": cluster.cluster_id, "nodes": nodes}

    def describe_configs(request):
        entries = only(client.describe_configs([ConfigResource(ResourceType.TOPIC, request["topic"])]))
        return {name: entry.value for name, entry in entries.items()}

    def alter_configs(request):
        changes = [
            ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
            for name, value in request["configs"].items()
        ]
        resource = ConfigResource(ResourceType.TOPIC, request["topic"], incremental_configs=changes)
        only(client.incremental_alter_configs([resource]))

    return {
        "createTopic": create_topic,
        "createPartitions": create_partitions,
        "deleteTopic": delete_topic,
        "listTopics": lambda _request: list(client.list_topics().topics),
        "describeTopic": describe_topic,
        "describeCluster": describe_cluster,
        "describeConfigs": describe_configs,
        "alterConfigs": alter_configs,
    }


def offset_steps(client):
    def list_offsets(request):
        named = {"earliest": OffsetSpec.earliest(), "latest": OffsetSpec.latest()}
        at = named.get(request["at"]) or OffsetSpec.for_timestamp(int(request["at"]))
        places = [TopicPartition(request["topic"], partition) for partition in range(request["partitions"])]
        found = {
            place.partition: future.result().offset
            for place, future in client.list_offsets({place: at for place in places}).items()
        }
        return [found[place.partition] for place in places]

    def delete_records(request):
        before = TopicPartition(request["topic"], request["partition"], request["offset"])
        return only(client.delete_records([before])).low_watermark

    return {"listOffsets": list_offsets, "deleteRecords": delete_records}


def group_steps(client):
    def list_groups(_request):
        listed = client.list_consumer_groups().result()
        if listed.errors:
            raise listed.errors[0]
        return [group.group_id for group in listed.valid]

    def describe_group(request):
        group = only(client.describe_consumer_groups([request["group"]]))
        members = [
            {"clientId": each.client_id, "partitions": [place.partition for place in each.assignment.topic_partitions]}
            for each in group.members
        ]
        return {"state": group.state.name, "members": members}

    def list_group_offsets(request):
        places = [TopicPartition(request["topic"], partition) for partition in range(request["partitions"])]
        asked = ConsumerGroupTopicPartitions(request["group"], places)
        found = {each.partition: each for each in only(client.list_consumer_group_offsets([asked])).topic_partitions}
        # librdkafka calls the absence of an offset -1001.
        return [max(found[place.partition].offset, -1) for place in places]

    def alter_group_offsets(request):
        places = [TopicPartition(request["topic"], *each) for each in enumerate(request["offsets"])]
        wanted = ConsumerGroupTopicPartitions(request["group"], places)
        for each in only(client.alter_consumer_group_offsets([wanted])).topic_partitions:
            if each.error is not None:
                raise KafkaException(each.error)

    def delete_group(request):
        only(client.delete_consumer_groups([request["group"]]))

    return {
        "listGroups": list_groups,
        "describeGroup": describe_group,
        "listGroupOffsets": list_group_offsets,
        "alterGroupOffsets": alter_group_offsets,
        "deleteGroup": delete_group,
    }
