import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** What can be asked about the records of partitions, which are named as `rides-0`. */
final class RecordOperations {
  private RecordOperations() {}

  static Map<String, Administer.Operation> all() {
    return Map.of(
        "listOffsets", RecordOperations::listOffsets,
        "deleteRecords", RecordOperations::deleteRecords);
  }

  /** `at` is earliest, latest, maxTimestamp, or a time in milliseconds. */
  private static Object listOffsets(Admin admin, JsonNode options) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new TreeMap<>(RecordOperations::inOrder);
    for (JsonNode each : options.get("partitions")) {
      asked.put(Administer.partition(each.asText()), spec(options.get("at").asText()));
    }
    Map<String, Object> told = new TreeMap<>();
    for (var each : admin.listOffsets(asked).all().get().entrySet()) {
      ListOffsetsResultInfo found = each.getValue();
      told.put(each.getKey().toString(),
          Map.of("offset", found.offset(), "timestamp", found.timestamp()));
    }
    return told;
  }

  private static OffsetSpec spec(String at) {
    switch (at) {
      case "earliest":
        return OffsetSpec.earliest();
      case "latest":
        return OffsetSpec.latest();
      case "maxTimestamp":
        return OffsetSpec.maxTimestamp();
      default:
        return OffsetSpec.forTimestamp(Long.parseLong(at));
    }
  }

  /** `before` says of each partition the first offset that stays; -1 takes all that is there. */
  private static Object deleteRecords(Admin admin, JsonNode options) throws Exception {
    Map<TopicPartition, RecordsToDelete> asked = new TreeMap<>(RecordOperations::inOrder);
    options.get("before").fields().forEachRemaining(entry -> asked.put(
        Administer.partition(entry.getKey()),
        RecordsToDelete.beforeOffset(entry.getValue().asLong())));
    Map<String, Object> lowWatermarks = new TreeMap<>();
    for (var each : admin.deleteRecords(asked).lowWatermarks().entrySet()) {
      lowWatermarks.put(each.getKey().toString(), each.getValue().get().lowWatermark());
    }
    return lowWatermarks;
  }

  private static int inOrder(TopicPartition one, TopicPartition other) {
    return one.toString().compareTo(other.toString());
  }
}
