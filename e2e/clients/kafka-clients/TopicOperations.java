import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** What can be asked about topics and configs. */
final class TopicOperations {
  private TopicOperations() {}

  static Map<String, Administer.Operation> all() {
    return Map.of(
        "createTopic", TopicOperations::createTopic,
        "describeTopic", TopicOperations::describeTopic,
        "listTopics", (admin, options) -> new TreeSet<>(admin.listTopics().names().get()),
        "deleteTopic", (admin, options) -> admin.deleteTopics(names(options)).all().get(),
        "createPartitions", TopicOperations::createPartitions,
        "describeConfigs", TopicOperations::describeConfigs,
        "alterConfigs", TopicOperations::alterConfigs);
  }

  private static List<String> names(JsonNode options) {
    return Collections.singletonList(options.get("topic").asText());
  }

  private static Object createTopic(Admin admin, JsonNode options) throws Exception {
    Map<String, String> configs = new TreeMap<>();
    options.path("configs").fields()
        .forEachRemaining(entry -> configs.put(entry.getKey(), entry.getValue().asText()));
    NewTopic topic = new NewTopic(
        options.get("topic").asText(),
        Optional.of(options.get("partitions").asInt()),
        options.has("replicationFactor")
            ? Optional.of((short) options.get("replicationFactor").asInt())
            : Optional.empty()).configs(configs);
    var created = admin.createTopics(Collections.singletonList(topic));
    created.all().get();
    return Map.of(
        "partitions", created.numPartitions(topic.name()).get(),
        "replicationFactor", created.replicationFactor(topic.name()).get());
  }

  private static Object describeTopic(Admin admin, JsonNode options) throws Exception {
    TopicDescription topic = admin.describeTopics(names(options))
        .allTopicNames().get().get(options.get("topic").asText());
    List<Map<String, Object>> partitions = new ArrayList<>();
    for (TopicPartitionInfo each : topic.partitions()) {
      partitions.add(Map.of("partition", each.partition(), "leader", each.leader().id(),
          "replicas", ids(each.replicas()), "isr", ids(each.isr())));
    }
    return Map.of("name", topic.name(), "internal", topic.isInternal(), "partitions", partitions);
  }

  private static List<Integer> ids(List<Node> nodes) {
    return nodes.stream().map(Node::id).collect(Collectors.toList());
  }

  private static Object createPartitions(Admin admin, JsonNode options) throws Exception {
    NewPartitions wanted = NewPartitions.increaseTo(options.get("partitions").asInt());
    return admin.createPartitions(Map.of(options.get("topic").asText(), wanted)).all().get();
  }

  private static ConfigResource resource(JsonNode options) {
    return options.has("topic")
        ? new ConfigResource(ConfigResource.Type.TOPIC, options.get("topic").asText())
        : new ConfigResource(ConfigResource.Type.BROKER, options.get("broker").asText());
  }

  private static Object describeConfigs(Admin admin, JsonNode options) throws Exception {
    ConfigResource resource = resource(options);
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    Map<String, Object> entries = new TreeMap<>();
    for (ConfigEntry each : config.entries()) {
      entries.put(each.name(), Map.of("value", String.valueOf(each.value()),
          "source", each.source().name(), "readOnly", each.isReadOnly()));
    }
    return entries;
  }

  /** `set`, `append` and `subtract` hold names and values, `delete` names. */
  private static Object alterConfigs(Admin admin, JsonNode options) throws Exception {
    List<AlterConfigOp> changes = new ArrayList<>();
    for (AlterConfigOp.OpType type : AlterConfigOp.OpType.values()) {
      JsonNode entries = options.path(type.name().toLowerCase());
      entries.fields().forEachRemaining(entry -> changes.add(
          new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue().asText()), type)));
      if (entries.isArray()) {
        entries.forEach(name -> changes.add(
            new AlterConfigOp(new ConfigEntry(name.asText(), ""), type)));
      }
    }
    return admin.incrementalAlterConfigs(Map.of(resource(options), changes)).all().get();
  }
}
