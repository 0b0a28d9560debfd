import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * A Kafka Streams application: its topology is what a subclass builds; it runs until it is stopped.
 * Options: application (its id, and the prefix of its topics), state (a folder).
 */
abstract class StreamsApplication implements Program {
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Adds the topology, whose topics begin with `prefix` and a hyphen. */
  abstract void build(StreamsBuilder builder, String prefix);

  @Override
  public void run(JsonNode options, Report report) throws Exception {
    String application = options.get("application").asText();
    Properties properties = Settings.of(options);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, options.get("state").asText());
    properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class.getName());
    properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class.getName());
    properties.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "200");
    // Every update is passed on, not only the last before a commit.
    properties.put("statestore.cache.max.bytes", "0");
    properties.put("cache.max.bytes.buffering", "0");
    properties.put("repartition.purge.interval.ms", "500");
    properties.put("consumer.auto.offset.reset", "earliest");
    properties.put("consumer.session.timeout.ms", "6000");

    StreamsBuilder builder = new StreamsBuilder();
    build(builder, application);
    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    streams.setStateListener((to, from) -> report.event("state", "to", to.name()));
    streams.setUncaughtExceptionHandler(thrown -> {
      failure.set(thrown);
      over.countDown();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    streams.start();
    over.await();
    if (!streams.close(Duration.ofSeconds(20))) throw new IllegalStateException("It did not close");
    if (failure.get() != null) throw new Exception(failure.get());
  }

  @Override
  public void stop() {
    over.countDown();
  }
}
