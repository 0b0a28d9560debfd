import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads rides in a group, from the beginning where the group is new, until it has so many; then it
 * returns as it is, and never closes its consumer. Options: topic, group, count.
 */
public class ConsumeRides implements Program {
  /** How often the rides are followed by nothing, so that they are committed in the background. */
  private static final int EMPTY_POLLS = 4;

  @Override
  public void run(JsonNode options, Report report) throws Exception {
    Properties properties = Settings.of(options);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, options.get("group").asText());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, Ride.FromJson.class.getName());
    KafkaConsumer<String, Ride> consumer = new KafkaConsumer<>(properties);
    consumer.subscribe(Collections.singletonList(options.get("topic").asText()));
    int missing = options.get("count").asInt();
    int emptyPolls = 0;
    while (missing > 0 || emptyPolls < EMPTY_POLLS) {
      int read = 0;
      for (ConsumerRecord<String, Ride> record : consumer.poll(Duration.ofMillis(250))) {
        report.event("ride", "partition", record.partition(), "offset", record.offset(),
            "key", record.key(), "value", record.value());
        read++;
      }
      missing -= read;
      emptyPolls = read == 0 && missing <= 0 ? emptyPolls + 1 : 0;
    }
  }
}
