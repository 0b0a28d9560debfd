import com.fasterxml.jackson.databind.JsonNode;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes rides as JSON under the location they end at, each acknowledged before the next is sent.
 * Options: topic, lines (of the data set), pauseMs between two of them.
 */
public class ProduceRides implements Program {
  @Override
  public void run(JsonNode options, Report report) throws Exception {
    Properties properties = Settings.of(options);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, Ride.AsJson.class.getName());
    String topic = options.get("topic").asText();
    try (KafkaProducer<String, Ride> producer = new KafkaProducer<>(properties)) {
      for (JsonNode line : options.get("lines")) {
        Ride ride = Ride.ofLine(line.asText());
        String key = Long.toString(ride.dropoffLocation);
        RecordMetadata landed = producer.send(new ProducerRecord<>(topic, key, ride)).get();
        report.event("sent", "key", key, "partition", landed.partition(), "offset", landed.offset());
        Thread.sleep(options.path("pauseMs").asLong(0));
      }
    }
  }
}
