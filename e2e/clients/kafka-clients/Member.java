import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A member of a group that tells what it is given and what is taken from it, commits what it has
 * read after each poll, and closes when it is stopped. Options: topic, group.
 */
public class Member implements Program {
  private volatile boolean stopped;

  @Override
  public void run(JsonNode options, Report report) throws Exception {
    Properties properties = Settings.of(options);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, options.get("group").asText());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties)) {
      consumer.subscribe(
          Collections.singletonList(options.get("topic").asText()), tell(consumer, report));
      while (!stopped) {
        boolean read = false;
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          read = true;
          report.event("record", "partition", record.partition(), "offset", record.offset(),
              "value", record.value());
        }
        if (read) consumer.commitSync();
      }
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private static ConsumerRebalanceListener tell(KafkaConsumer<?, ?> consumer, Report report) {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> given) {
        report.event("assigned", "partitions", numbers(given),
            "owned", numbers(consumer.assignment()),
            "generation", consumer.groupMetadata().generationId(),
            "memberId", consumer.groupMetadata().memberId());
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> taken) {
        report.event("revoked", "partitions", numbers(taken));
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> lost) {
        report.event("lost", "partitions", numbers(lost));
      }
    };
  }

  private static List<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).sorted().collect(Collectors.toList());
  }
}
