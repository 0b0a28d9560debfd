import java.io.FileInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records of 1 KiB at a steady rate and reads them in the same process, so that one clock
 * measures both ways. The first quarter of the time warms up and is not counted.
 *
 * <p>Usage: LatencyProbe bootstrap properties topic recordsPerSecond seconds
 */
public class LatencyProbe {
  private static final int RECORD_BYTES = 1024;

  public static void main(String[] arguments) throws Exception {
    Properties common = new Properties();
    try (FileInputStream file = new FileInputStream(arguments[1])) {
      common.load(file);
    }
    common.put("bootstrap.servers", arguments[0]);
    String topic = arguments[2];
    int perSecond = Integer.parseInt(arguments[3]);
    int total = perSecond * Integer.parseInt(arguments[4]);
    Measured acknowledged = new Measured(total);
    Measured received = new Measured(total);
    CountDownLatch isReading = new CountDownLatch(1);
    AtomicBoolean isOver = new AtomicBoolean();
    Thread reader = new Thread(() -> read(common, topic, received, isReading, isOver));
    reader.start();
    isReading.await();
    send(common, topic, perSecond, total, acknowledged);
    // What was acknowledged is on its way: the reader ends when it has seen all of it.
    reader.join(30_000);
    isOver.set(true);
    reader.join();
    System.out.printf(
        "{\"acknowledgedP50Ms\":%s,\"acknowledgedP99Ms\":%s,\"receivedP50Ms\":%s,\"receivedP99Ms\":%s}%n",
        acknowledged.percentile(0.5), acknowledged.percentile(0.99),
        received.percentile(0.5), received.percentile(0.99));
  }

  private static void send(
      Properties common, String topic, int perSecond, int total, Measured acknowledged) {
    Properties properties = new Properties();
    properties.putAll(common);
    properties.put("acks", "all");
    // The client's own wait for more records is not what is measured.
    properties.put("linger.ms", "0");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(topic);
      long startedNs = System.nanoTime();
      for (int index = 0; index < total; index++) {
        // Against the schedule, not against the last record: one that comes late delays no other.
        long dueNs = startedNs + index * 1_000_000_000L / perSecond;
        while (System.nanoTime() < dueNs) {
          LockSupport.parkNanos(Math.max(1, dueNs - System.nanoTime()));
        }
        long sentNs = System.nanoTime();
        byte[] value = new byte[RECORD_BYTES];
        ByteBuffer.wrap(value).putLong(sentNs).putInt(index);
        int number = index;
        producer.send(
            new ProducerRecord<>(topic, value),
            (written, failure) -> {
              if (failure != null) {
                failure.printStackTrace();
                System.exit(1);
              }
              acknowledged.put(number, System.nanoTime() - sentNs);
            });
      }
    }
  }

  private static void read(
      Properties common,
      String topic,
      Measured received,
      CountDownLatch isReading,
      AtomicBoolean isOver) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(common, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      isReading.countDown();
      while (!received.isComplete() && !isOver.get()) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  ByteBuffer value = ByteBuffer.wrap(record.value());
                  long sentNs = value.getLong();
                  received.put(value.getInt(), System.nanoTime() - sentNs);
                });
      }
    }
  }

  /** One latency per record, by its number. */
  private static final class Measured {
    private final long[] latencyNs;
    private int count;

    Measured(int total) {
      latencyNs = new long[total];
      Arrays.fill(latencyNs, -1);
    }

    synchronized void put(int index, long ns) {
      if (latencyNs[index] < 0) {
        count++;
      }
      latencyNs[index] = ns;
    }

    synchronized boolean isComplete() {
      return count == latencyNs.length;
    }

    /** In milliseconds; a record that never came fails the probe. */
    synchronized double percentile(double part) {
      if (!isComplete()) {
        throw new IllegalStateException((latencyNs.length - count) + " records did not come");
      }
      long[] counted = Arrays.copyOfRange(latencyNs, latencyNs.length / 4, latencyNs.length);
      Arrays.sort(counted);
      return counted[(int) Math.min(counted.length - 1, Math.floor(part * counted.length))] / 1e6;
    }
  }
}
