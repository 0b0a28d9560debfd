import java.io.FileInputStream;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * Values that are no "skip" go by a key of their own through a repartition topic into the topic
 * `<application>-out`, and their counts into `<application>-counts`. Runs until standard input ends.
 * The store has no changelog, which would have to be compacted.
 *
 * Arguments: a file of client properties, the application id, a folder for state.
 */
public class Repartition {
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (FileInputStream file = new FileInputStream(arguments[0])) {
      properties.load(file);
    }
    String application = arguments[1];
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, arguments[2]);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "200");
    properties.put("repartition.purge.interval.ms", "500");
    properties.put("consumer.auto.offset.reset", "earliest");
    properties.put("consumer.session.timeout.ms", "6000");
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "2");

    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> kept = builder
        .stream(application + "-in", Consumed.with(Serdes.String(), Serdes.String()))
        .filter((key, value) -> !value.equals("skip"))
        .selectKey((key, value) -> value.split("-")[0])
        .repartition(Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-word"));
    kept.to(application + "-out", Produced.with(Serdes.String(), Serdes.String()));
    kept.groupByKey(Grouped.with(Serdes.String(), Serdes.String()))
        .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts"))
            .withKeySerde(Serdes.String())
            .withValueSerde(Serdes.Long())
            .withLoggingDisabled())
        .toStream()
        .mapValues(count -> Long.toString(count))
        .to(application + "-counts", Produced.with(Serdes.String(), Serdes.String()));

    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    streams.setUncaughtExceptionHandler(failure -> {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    streams.start();
    while (System.in.read() >= 0) {}
    streams.close(Duration.ofSeconds(10));
  }
}
