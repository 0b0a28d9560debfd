"""The `admin` command with kafka-python 3."""

from kafka import KafkaAdminClient, OffsetAndMetadata, OffsetSpec, TopicPartition
from kafka import errors
from kafka.admin import ConfigResource, ConfigResourceType

import contract


def administer(options):
    client = KafkaAdminClient(**options)
    steps = {**topic_steps(client), **offset_steps(client), **group_steps(client)}
    contract.serve_admin(steps, lambda error: getattr(error, "errno", None))
    client.close()


def topic_steps(client):
    def create_topic(request):
        options = {"num_partitions": request["partitions"], "configs": request["configs"]}
        client.create_topics({request["topic"]: options})

    def create_partitions(request):
        client.create_partitions({request["topic"]: request["partitions"]})

    def describe_topic(request):
        [topic] = client.describe_topics([request["topic"]])
        refuse(topic["error_code"])
        return [
            {
                "partition": each["partition_index"],
                "leader": each["leader_id"],
                "replicas": each["replica_nodes"],
                "isr": each["isr_nodes"],
            }
            for each in topic["partitions"]
        ]

    def describe_cluster(_request):
        cluster = client.describe_cluster()
        nodes = [{"id": each["broker_id"], "host": each["host"], "port": each["port"]} for each in cluster["brokers"]]
        return {"clusterId": cluster["cluster_id"], "nodes": nodes}

    def describe_configs(request):
        resource = ConfigResource(ConfigResourceType.TOPIC, request["topic"])
        described = client.describe_configs([resource], config_filter="all")
        return {name: config["value"] for name, config in described["topic"][request["topic"]].items()}

    def alter_configs(request):
        resource = ConfigResource(ConfigResourceType.TOPIC, request["topic"], configs=request["configs"])
        answered = client.alter_configs([resource])["topic"][request["topic"]]
        if answered != "OK":
            raise Exception(answered)

    return {
        "createTopic": create_topic,
        "createPartitions": create_partitions,
        "deleteTopic": lambda request: nothing(client.delete_topics([request["topic"]])),
        "listTopics": lambda _request: client.list_topics(),
        "describeTopic": describe_topic,
        "describeCluster": describe_cluster,
        "describeConfigs": describe_configs,
        "alterConfigs": alter_configs,
    }


def offset_steps(client):
    def list_offsets(request):
        named = {"earliest": OffsetSpec.EARLIEST, "latest": OffsetSpec.LATEST}
        at = named[request["at"]] if request["at"] in named else int(request["at"])
        found = client.list_partition_offsets({place: at for place in places(request)})
        return [found[place].offset for place in places(request)]

    def delete_records(request):
        place = TopicPartition(request["topic"], request["partition"])
        return client.delete_records({place: request["offset"]})[place]["low_watermark"]

    return {"listOffsets": list_offsets, "deleteRecords": delete_records}


def group_steps(client):
    def describe_group(request):
        group = client.describe_groups([request["group"]])[request["group"]]
        members = [
            {
                "clientId": each["client_id"],
                "partitions": [
                    partition
                    for topic in each["member_assignment"]["assigned_partitions"]
                    for partition in topic["partitions"]
                ],
            }
            for each in group["members"]
        ]
        return {"state": group["group_state"], "members": members}

    def list_group_offsets(request):
        found = client.list_group_offsets({request["group"]: places(request)})[request["group"]]
        return [found[place].offset for place in places(request)]

    def alter_group_offsets(request):
        offsets = {
            TopicPartition(request["topic"], partition): OffsetAndMetadata(offset, "", -1)
            for partition, offset in enumerate(request["offsets"])
        }
        for outcome in client.alter_group_offsets(request["group"], offsets).values():
            refuse(outcome.errno)

    def delete_group_offsets(request):
        place = TopicPartition(request["topic"], request["partition"])
        refuse(client.delete_group_offsets(request["group"], [place])[place].errno)

    def delete_group(request):
        outcome = client.delete_groups([request["group"]])[request["group"]]
        if outcome != "OK":
            refuse(getattr(errors, outcome).errno)

    return {
        "listGroups": lambda _request: [group["group_id"] for group in client.list_groups()],
        "describeGroup": describe_group,
        "listGroupOffsets": list_group_offsets,
        "alterGroupOffsets": alter_group_offsets,
        "deleteGroupOffsets": delete_group_offsets,
        "deleteGroup": delete_group,
    }


def places(request):
    return [TopicPartition(request["topic"], partition) for partition in range(request["partitions"])]


def refuse(code):
    if code != 0:
        raise contract.Refused(code)


def nothing(_result):
    return None
