"""The `admin` command with kafka-python 2.0.2, whose admin client knows less: offsets are the consumer's to say."""

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic
from kafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from kafka.structs import OffsetAndMetadata

import contract


def administer(options):
    client = KafkaAdminClient(**options)
    steps = {**topic_steps(client), **offset_steps(options), **group_steps(client, options)}
    contract.serve_admin(steps, lambda error: getattr(error, "errno", None))
    client.close()


def topic_steps(client):
    def create_topic(request):
        # It cannot leave the number of replicas to the broker.
        client.create_topics([NewTopic(request["topic"], request["partitions"], 3, topic_configs=request["configs"])])

    def create_partitions(request):
        client.create_partitions({request["topic"]: NewPartitions(request["partitions"])})

    def describe_topic(request):
        [topic] = client.describe_topics([request["topic"]])
        if topic["error_code"] != 0:
            raise contract.Refused(topic["error_code"])
        return [{name: each[name] for name in ("partition", "leader", "replicas", "isr")} for each in topic["partitions"]]

    def describe_cluster(_request):
        cluster = client.describe_cluster()
        nodes = [{"id": each["node_id"], "host": each["host"], "port": each["port"]} for each in cluster["brokers"]]
        return {"clusterId": cluster.get("cluster_id"), "nodes": nodes}

    def describe_configs(request):
        [response] = client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, request["topic"])])
        [(code, _message, _type, _name, configs)] = response.resources
        if code != 0:
            raise contract.Refused(code)
        return {config[0]: config[1] for config in configs}

    def alter_configs(request):
        resource = ConfigResource(ConfigResourceType.TOPIC, request["topic"], configs=request["configs"])
        [(code, *_rest)] = client.alter_configs([resource]).resources
        if code != 0:
            raise contract.Refused(code)

    def delete_topic(request):
        client.delete_topics([request["topic"]])

    return {
        "createTopic": create_topic,
        "createPartitions": create_partitions,
        "deleteTopic": delete_topic,
        "listTopics": lambda _request: client.list_topics(),
        "describeTopic": describe_topic,
        "describeCluster": describe_cluster,
        "describeConfigs": describe_configs,
        "alterConfigs": alter_configs,
    }


def offset_steps(options):
    def list_offsets(request):
        consumer = KafkaConsumer(**options)
        all_places = places(request)
        if request["at"] == "earliest":
            found = consumer.beginning_offsets(all_places)
        elif request["at"] == "latest":
            found = consumer.end_offsets(all_places)
        else:
            by_time = consumer.offsets_for_times({place: int(request["at"]) for place in all_places})
            found = {place: -1 if each is None else each.offset for place, each in by_time.items()}
        consumer.close()
        return [found[place] for place in all_places]

    return {"listOffsets": list_offsets}


def group_steps(client, options):
    def describe_group(request):
        [group] = client.describe_consumer_groups([request["group"]])
        members = [
            {"clientId": each.client_id, "partitions": assigned_partitions(each.member_assignment)}
            for each in group.members
        ]
        return {"state": group.state, "members": members}

    def list_group_offsets(request):
        found = client.list_consumer_group_offsets(request["group"], partitions=places(request))
        return [found[place].offset for place in places(request)]

    def alter_group_offsets(request):
        consumer = KafkaConsumer(group_id=request["group"], enable_auto_commit=False, **options)
        consumer.assign(places(request))
        consumer.commit({place: OffsetAndMetadata(request["offsets"][place.partition], "") for place in places(request)})
        consumer.close()

    def delete_group(request):
        [(_group, outcome)] = client.delete_consumer_groups([request["group"]])
        if outcome.errno != 0:
            raise contract.Refused(outcome.errno)

    return {
        "listGroups": lambda _request: [group for group, _type in client.list_consumer_groups()],
        "describeGroup": describe_group,
        "listGroupOffsets": list_group_offsets,
        "alterGroupOffsets": alter_group_offsets,
        "deleteGroup": delete_group,
    }


def assigned_partitions(assignment):
    if isinstance(assignment, bytes):
        assignment = ConsumerProtocolMemberAssignment.decode(assignment)
    return [partition for _topic, partitions in assignment.assignment for partition in partitions]


def places(request):
    return [TopicPartition(request["topic"], partition) for partition in range(request["partitions"])]
