import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;

/**
 * Looks rides (`payment:what`, keyed by zone) up in a table of zones and in a global one of payments, and
 * joins the table of zones with one of tariffs, whose changes and deletions go on.
 */
public class Tables extends StreamsApplication {
  @Override
  void build(StreamsBuilder builder, String prefix) {
    KStream<String, String> rides = builder.stream(prefix + "-rides");
    KTable<String, String> zones = builder.table(prefix + "-zones");
    KTable<String, String> tariffs = builder.table(prefix + "-tariffs");
    GlobalKTable<String, String> payments = builder.globalTable(prefix + "-payments");

    rides.leftJoin(zones, (ride, zone) -> ride + " in " + zone).to(prefix + "-zoned");
    rides.join(payments, (zone, ride) -> ride.split(":")[0], (ride, payment) -> ride + " by " + payment)
        .to(prefix + "-paid");
    zones.join(tariffs, (zone, tariff) -> zone + " at " + tariff).toStream().to(prefix + "-priced");
  }
}
