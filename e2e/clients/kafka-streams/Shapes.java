import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Lines become their words (flatMap), the word `skip` is dropped (filter), long words and short ones part
 * (branch), and of each length the last in the alphabet is kept (reduce) and all its words (aggregate).
 */
public class Shapes extends StreamsApplication {
  private static final int LONG = 5;

  @Override
  void build(StreamsBuilder builder, String prefix) {
    KStream<String, String> words = builder.<String, String>stream(prefix + "-in")
        .flatMap((key, line) -> Arrays.stream(line.split(" "))
            .map(word -> KeyValue.pair(Integer.toString(word.length()), word))
            .collect(Collectors.toList()))
        .filter((length, word) -> !word.equals("skip"));
    var parted = words.split(Named.as("words-"))
        .branch((length, word) -> word.length() >= LONG, Branched.as("long"))
        .defaultBranch(Branched.as("short"));
    parted.get("words-long").to(prefix + "-long");
    parted.get("words-short").to(prefix + "-short");

    KGroupedStream<String, String> byLength = words.groupByKey();
    byLength.reduce((one, other) -> one.compareTo(other) >= 0 ? one : other)
        .toStream().to(prefix + "-last");
    byLength.aggregate(() -> "", (length, word, known) -> {
      TreeSet<String> all = new TreeSet<>(Arrays.asList(known.split(" ")));
      all.remove("");
      all.add(word);
      return String.join(" ", all);
    }).toStream().to(prefix + "-words");
  }
}
