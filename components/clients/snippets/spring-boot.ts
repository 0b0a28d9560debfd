import { jaas, propertyValue, trust } from './java.ts'
import {
  type ClientLanguage,
  groupIdOf,
  type ProgramInput,
  quoted,
  recordCount,
} from './program.ts'

/** Spring for Apache Kafka, started by Maven from the folder of the files: Java 17 or later. */
export const springBoot: ClientLanguage = {
  id: 'spring-boot',
  name: 'Spring Boot',
  libraries: [
    {
      id: 'spring-kafka',
      name: 'spring-kafka',
      install: 'mvn -q compile',
      configuration: applicationProperties,
      producer: (input) => ({
        name: 'OrderProducer.java',
        text: producer(input),
        command: 'mvn -q spring-boot:run -Dspring-boot.run.main-class=orders.OrderProducer',
      }),
      consumer: (input) => ({
        name: 'OrderConsumer.java',
        text: consumer(input),
        command: 'mvn -q spring-boot:run -Dspring-boot.run.main-class=orders.OrderConsumer',
      }),
      beside: (input) => [{ name: 'pom.xml', text: pom }, applicationProperties(input)],
    },
  ],
}

/** What has no name of its own at Spring goes to Kafka's client as it is. */
function applicationProperties(input: ProgramInput) {
  const settings = [
    ['bootstrap-servers', input.bootstrap],
    ['security.protocol', input.protocol],
    ...trust(input).map(([name, value]) => [`properties.${name}`, value] as const),
    ['properties.sasl.mechanism', 'PLAIN'],
    ['properties.sasl.jaas.config', propertyValue(withoutPlaceholders(jaas(input)))],
    ['producer.client-id', 'spring-producer'],
    ['producer.acks', 'all'],
    ['consumer.client-id', 'spring-consumer'],
    ['consumer.group-id', groupIdOf(input.topic)],
    ['consumer.auto-offset-reset', 'earliest'],
  ] as const
  const text = settings.map(([name, value]) => `spring.kafka.${name}=${value}\n`).join('')
  return { name: 'application.properties', text: `${text}logging.level.root=warn\n` }
}

/** Spring puts values in the place of `${…}`, unless a backslash stands before it. */
function withoutPlaceholders(text: string): string {
  return text.replaceAll('${', '\\${')
}

const imports = `import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;`

function producer(input: ProgramInput): string {
  return `package orders;

import org.springframework.boot.CommandLineRunner;
${imports}
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;

// @SpringBootApplication would also start the other program of this folder.
@SpringBootConfiguration
@EnableAutoConfiguration
public class OrderProducer {
    public static void main(String[] arguments) {
        SpringApplication.run(OrderProducer.class, arguments).close();
    }

    @Bean
    CommandLineRunner writer(KafkaTemplate<String, String> kafka) {
        return arguments -> {
            for (int order = 1; order <= ${recordCount}; order++) {
                String key = Integer.toString(order);
                String value = "{\\"orderid\\": " + order + ", \\"from\\": \\"spring\\"}";
                var written = kafka.send(${quoted(input.topic)}, key, value).get().getRecordMetadata();
                System.out.printf("key %s to partition %d at offset %d%n", key, written.partition(), written.offset());
            }
        };
    }
}
`
}

function consumer(input: ProgramInput): string {
  return `package orders;

import org.apache.kafka.clients.consumer.ConsumerRecord;
${imports}
import org.springframework.kafka.annotation.KafkaListener;

// @SpringBootApplication would also start the other program of this folder.
@SpringBootConfiguration
@EnableAutoConfiguration
public class OrderConsumer {
    public static void main(String[] arguments) {
        SpringApplication.run(OrderConsumer.class, arguments);
    }

    @KafkaListener(topics = ${quoted(input.topic)})
    void read(ConsumerRecord<String, String> record) {
        System.out.printf("partition %d offset %d: %s %s%n",
                record.partition(), record.offset(), record.key(), record.value());
    }
}
`
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.1.1</version>
  </parent>
  <groupId>example</groupId>
  <artifactId>orders</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-kafka</artifactId>
    </dependency>
  </dependencies>
  <build>
    <!-- All files lie side by side, in this folder. -->
    <sourceDirectory>.</sourceDirectory>
    <resources>
      <resource>
        <directory>.</directory>
        <includes><include>application.properties</include></includes>
      </resource>
    </resources>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
`
