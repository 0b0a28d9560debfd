import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What can be asked about consumer groups and what they have committed. */
final class GroupOperations {
  private GroupOperations() {}

  static Map<String, Administer.Operation> all() {
    return Map.of(
        "listGroups", GroupOperations::listGroups,
        "describeGroup", GroupOperations::describeGroup,
        "deleteGroup", (admin, options) -> admin.deleteConsumerGroups(List.of(group(options))).all().get(),
        "listCommits", GroupOperations::listCommits,
        "alterCommits", GroupOperations::alterCommits,
        "deleteCommits", GroupOperations::deleteCommits,
        "removeStaticMember", GroupOperations::removeStaticMember);
  }

  private static String group(JsonNode options) {
    return options.get("group").asText();
  }

  private static Object listGroups(Admin admin, JsonNode options) throws Exception {
    return admin.listConsumerGroups().all().get().stream()
        .map(ConsumerGroupListing::groupId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Object describeGroup(Admin admin, JsonNode options) throws Exception {
    ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(group(options)))
        .all().get().get(group(options));
    List<Map<String, Object>> members = new ArrayList<>();
    for (MemberDescription each : group.members()) {
      Set<String> partitions = each.assignment().topicPartitions().stream()
          .map(TopicPartition::toString).collect(Collectors.toCollection(TreeSet::new));
      members.add(Map.of("clientId", each.clientId(), "host", each.host(),
          "instanceId", each.groupInstanceId().orElse(""), "partitions", partitions));
    }
    return Map.of("state", group.state().toString(), "assignor", group.partitionAssignor(),
        "members", members, "coordinator", group.coordinator().id());
  }

  private static Object listCommits(Admin admin, JsonNode options) throws Exception {
    Map<String, Object> committed = new TreeMap<>();
    for (var each : admin.listConsumerGroupOffsets(group(options))
        .partitionsToOffsetAndMetadata().get().entrySet()) {
      committed.put(each.getKey().toString(), each.getValue().offset());
    }
    return committed;
  }

  private static Object alterCommits(Admin admin, JsonNode options) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> wanted = new HashMap<>();
    options.get("offsets").fields().forEachRemaining(entry -> wanted.put(
        Administer.partition(entry.getKey()), new OffsetAndMetadata(entry.getValue().asLong())));
    return admin.alterConsumerGroupOffsets(group(options), wanted).all().get();
  }

  private static Object deleteCommits(Admin admin, JsonNode options) throws Exception {
    Set<TopicPartition> partitions = new HashSet<>();
    options.get("partitions").forEach(each -> partitions.add(Administer.partition(each.asText())));
    return admin.deleteConsumerGroupOffsets(group(options), partitions).all().get();
  }

  private static Object removeStaticMember(Admin admin, JsonNode options) throws Exception {
    MemberToRemove member = new MemberToRemove(options.get("instanceId").asText());
    return admin.removeMembersFromConsumerGroup(group(options),
        new RemoveMembersFromConsumerGroupOptions(List.of(member))).all().get();
  }
}
