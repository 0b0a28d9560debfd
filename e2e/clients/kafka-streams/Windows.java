import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;

/**
 * Counts by key of `<prefix>-in` in windows of event time: tumbling ones of 10 s, with every update and
 * once more when they are closed, hopping ones, and sessions. Keys that go out are `key@start-end` in seconds.
 */
public class Windows extends StreamsApplication {
  private static final Duration SIZE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Override
  void build(StreamsBuilder builder, String prefix) {
    KGroupedStream<String, String> byKey =
        builder.<String, String>stream(prefix + "-in")
            // What waits to be closed is stored, and needs to be told how.
            .groupByKey(Grouped.with(Serdes.String(), Serdes.String()));
    KTable<Windowed<String>, Long> tumbling =
        byKey.windowedBy(TimeWindows.ofSizeAndGrace(SIZE, GRACE)).count();
    write(tumbling, prefix + "-tumbling");
    write(tumbling.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded())),
        prefix + "-closed");
    write(byKey.windowedBy(TimeWindows.ofSizeAndGrace(SIZE, GRACE).advanceBy(SIZE.dividedBy(2)))
        .count(), prefix + "-hopping");
    write(byKey.windowedBy(SessionWindows.ofInactivityGapAndGrace(GRACE, GRACE)).count(),
        prefix + "-sessions");
  }

  private static void write(KTable<Windowed<String>, Long> counts, String topic) {
    counts.toStream((window, count) -> window.key() + "@"
            + window.window().start() / 1000 + "-" + window.window().end() / 1000)
        .mapValues(count -> count == null ? null : Long.toString(count))
        .to(topic, Produced.with(Serdes.String(), Serdes.String()));
  }
}
