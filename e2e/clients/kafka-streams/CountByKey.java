import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Produced;

/** Counts the records of each key of `<prefix>-in` into `<prefix>-out`, as numbers of eight bytes. */
public class CountByKey extends StreamsApplication {
  @Override
  void build(StreamsBuilder builder, String prefix) {
    builder.<String, String>stream(prefix + "-in")
        .groupByKey()
        .count()
        .toStream()
        .to(prefix + "-out", Produced.with(Serdes.String(), Serdes.Long()));
  }
}
