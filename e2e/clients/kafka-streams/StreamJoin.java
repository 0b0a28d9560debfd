import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.StreamJoined;

/**
 * Joins rides and pickups of one location within twenty minutes, as the location stands in their values
 * (`location:what`): both go by a topic that is partitioned anew.
 */
public class StreamJoin extends StreamsApplication {
  @Override
  void build(StreamsBuilder builder, String prefix) {
    KStream<String, String> rides = byLocation(builder.stream(prefix + "-rides"));
    KStream<String, String> pickups = byLocation(builder.stream(prefix + "-pickups"));
    JoinWindows within =
        JoinWindows.ofTimeDifferenceAndGrace(Duration.ofMinutes(20), Duration.ofMinutes(5));
    rides.join(pickups, (ride, pickup) -> ride + "+" + pickup, within,
            StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String()))
        .to(prefix + "-out");
  }

  private static KStream<String, String> byLocation(KStream<String, String> stream) {
    return stream.selectKey((key, value) -> value.split(":")[0])
        .mapValues(value -> value.split(":")[1]);
  }
}
