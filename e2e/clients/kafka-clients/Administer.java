import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Asks one thing of the cluster, and tells the answer. Options: `ask`, its name, and what it needs. */
public class Administer implements Program {
  /** What can be asked. */
  interface Operation {
    Object ask(Admin admin, JsonNode options) throws Exception;
  }

  private static final Map<String, Operation> OPERATIONS = new HashMap<>();

  static {
    OPERATIONS.putAll(TopicOperations.all());
    OPERATIONS.putAll(RecordOperations.all());
    OPERATIONS.putAll(GroupOperations.all());
    OPERATIONS.putAll(ClusterOperations.all());
  }

  @Override
  public void run(JsonNode options, Report report) throws Exception {
    Properties properties = Settings.of(options);
    try (Admin admin = Admin.create(properties)) {
      Operation operation = OPERATIONS.get(options.get("ask").asText());
      report.event("answer", "value", operation.ask(admin, options));
    }
  }

  /** `rides-0`, as Kafka writes it. */
  static TopicPartition partition(String text) {
    int dash = text.lastIndexOf('-');
    return new TopicPartition(text.substring(0, dash), Integer.parseInt(text.substring(dash + 1)));
  }
}
