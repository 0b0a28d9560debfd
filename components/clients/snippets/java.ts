import {
  authorityFile,
  type ClientLanguage,
  groupIdOf,
  isEncrypted,
  type ProgramInput,
  quoted,
  recordCount,
} from './program.ts'

/** Java's own client, run from its source file with the jars beside it: Java 17 or later. */
export const java: ClientLanguage = {
  id: 'java',
  name: 'Java',
  libraries: [
    {
      id: 'kafka-clients',
      name: 'kafka-clients',
      install: 'mvn -q dependency:copy-dependencies -DoutputDirectory=lib',
      configuration: (input) => ({ name: 'client.properties', text: properties(input) }),
      producer: (input) => ({
        name: 'OrderProducer.java',
        text: producer(input),
        command: "java -cp 'lib/*' OrderProducer.java",
      }),
      consumer: (input) => ({
        name: 'OrderConsumer.java',
        text: consumer(input),
        command: "java -cp 'lib/*' OrderConsumer.java",
      }),
      beside: () => [{ name: 'pom.xml', text: pom }],
    },
  ],
}

const loginModule = 'org.apache.kafka.common.security.plain.PlainLoginModule'

/** A value as a properties file has it: a backslash stands for itself only when it is written twice. */
export function propertyValue(text: string): string {
  return text.replaceAll('\\', '\\\\')
}

/** A value of JAAS stands in quotes, and so does the whole in Java. */
export function jaas({ key, secret }: ProgramInput): string {
  return `${loginModule} required username=${quoted(key)} password=${quoted(secret)};`
}

function properties(input: ProgramInput): string {
  return `bootstrap.servers=${input.bootstrap}
security.protocol=${input.protocol}
${trust(input)
  .map(([name, value]) => `${name}=${value}\n`)
  .join('')}sasl.mechanism=PLAIN
# In a properties file, a backslash stands for itself only when it is written twice.
sasl.jaas.config=${propertyValue(jaas(input))}
# Asks for every address behind a name before it gives up.
client.dns.lookup=use_all_dns_ips
# A consumer that is silent for so long has left its group.
session.timeout.ms=45000
# A record counts as written when every replica in sync has it.
acks=all
`
}

/** Java takes the certificate as it is, without a key store around it (KIP-651). */
export function trust(input: ProgramInput): readonly (readonly [name: string, value: string])[] {
  if (!isEncrypted(input)) return []
  return [
    ['ssl.truststore.type', 'PEM'],
    ['ssl.truststore.location', authorityFile],
  ]
}

function settings(input: ProgramInput): string {
  const entries = [
    ['bootstrap.servers', input.bootstrap],
    ['security.protocol', input.protocol],
    ...trust(input),
    ['sasl.mechanism', 'PLAIN'],
    ['sasl.jaas.config', jaas(input)],
  ] as const
  return entries
    .map(([name, value]) => `        settings.put(${quoted(name)}, ${quoted(value)});\n`)
    .join('')
}

function producer(input: ProgramInput): string {
  return `import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

public class OrderProducer {
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
${settings(input)}        settings.put("client.id", "java-producer");
        settings.put("acks", "all");
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", StringSerializer.class.getName());

        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
            for (int order = 1; order <= ${recordCount}; order++) {
                String key = Integer.toString(order);
                String value = "{\\"orderid\\": " + order + ", \\"from\\": \\"java\\"}";
                var written = producer.send(new ProducerRecord<>(${quoted(input.topic)}, key, value)).get();
                System.out.printf("key %s to partition %d at offset %d%n", key, written.partition(), written.offset());
            }
        }
    }
}
`
}

function consumer(input: ProgramInput): string {
  return `import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

public class OrderConsumer {
    public static void main(String[] arguments) {
        Properties settings = new Properties();
${settings(input)}        settings.put("client.id", "java-consumer");
        settings.put("group.id", ${quoted(groupIdOf(input.topic))});
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", StringDeserializer.class.getName());

        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of(${quoted(input.topic)}));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    System.out.printf("partition %d offset %d: %s %s%n",
                            record.partition(), record.offset(), record.key(), record.value());
                }
            }
        }
    }
}
`
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>orders</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka-clients</artifactId>
      <version>4.1.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`
