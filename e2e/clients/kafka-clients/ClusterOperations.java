import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;

/** What can be asked about the cluster itself. */
final class ClusterOperations {
  private ClusterOperations() {}

  static Map<String, Administer.Operation> all() {
    return Map.of(
        "describeCluster", ClusterOperations::describeCluster,
        "describeLogDirs", ClusterOperations::describeLogDirs,
        "describeFeatures", ClusterOperations::describeFeatures,
        "describeProducers", ClusterOperations::describeProducers,
        "listTransactions", ClusterOperations::listTransactions,
        "describeAcls", (admin, options) -> admin.describeAcls(AclBindingFilter.ANY).values().get().size());
  }

  private static Object describeCluster(Admin admin, JsonNode options) throws Exception {
    DescribeClusterResult cluster = admin.describeCluster();
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (Node each : cluster.nodes().get()) {
      nodes.add(Map.of("id", each.id(), "host", each.host(), "port", each.port()));
    }
    return Map.of("clusterId", cluster.clusterId().get(), "nodes", nodes,
        "controller", cluster.controller().get().id());
  }

  /** The bytes of each replica, by node: `{1: {"rides-0": 4711}}`. */
  private static Object describeLogDirs(Admin admin, JsonNode options) throws Exception {
    List<Integer> ids = admin.describeCluster().nodes().get().stream()
        .map(Node::id).collect(Collectors.toList());
    Map<Integer, Object> told = new TreeMap<>();
    for (var node : admin.describeLogDirs(ids).allDescriptions().get().entrySet()) {
      Map<String, Long> sizes = new TreeMap<>();
      for (LogDirDescription folder : node.getValue().values()) {
        folder.replicaInfos().forEach((partition, replica) ->
            sizes.put(partition.toString(), replica.size()));
      }
      told.put(node.getKey(), sizes);
    }
    return told;
  }

  private static Object describeFeatures(Admin admin, JsonNode options) throws Exception {
    FeatureMetadata features = admin.describeFeatures().featureMetadata().get();
    return Map.of("finalized", new TreeSet<>(features.finalizedFeatures().keySet()),
        "supported", new TreeSet<>(features.supportedFeatures().keySet()));
  }

  private static Object describeProducers(Admin admin, JsonNode options) throws Exception {
    TopicPartition partition = Administer.partition(options.get("partition").asText());
    List<Map<String, Object>> producers = new ArrayList<>();
    for (ProducerState each : admin.describeProducers(List.of(partition))
        .partitionResult(partition).get().activeProducers()) {
      producers.add(Map.of("epoch", each.producerEpoch(), "lastSequence", each.lastSequence()));
    }
    return producers;
  }

  private static Object listTransactions(Admin admin, JsonNode options) throws Exception {
    return admin.listTransactions().all().get().stream()
        .map(TransactionListing::transactionalId).collect(Collectors.toList());
  }
}
