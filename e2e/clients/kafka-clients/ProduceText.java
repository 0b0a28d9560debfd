import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes values without keys as fast as it can, by turns to every partition, and waits for all.
 * Options: topic, partitions, values; with a `transactional.id` all in one transaction.
 */
public class ProduceText implements Program {
  @Override
  public void run(JsonNode options, Report report) throws Exception {
    Properties properties = Settings.of(options);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    String topic = options.get("topic").asText();
    int partitions = options.get("partitions").asInt();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties)) {
      boolean transactional = properties.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
      if (transactional) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      List<Future<RecordMetadata>> landing = new ArrayList<>();
      for (JsonNode value : options.get("values")) {
        int partition = landing.size() % partitions;
        landing.add(producer.send(new ProducerRecord<>(topic, partition, null, value.asText())));
      }
      for (Future<RecordMetadata> each : landing) each.get();
      if (transactional) producer.commitTransaction();
    }
  }
}
