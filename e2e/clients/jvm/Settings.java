import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Properties;

/** Client properties: a file that names the cluster and the key, and what one program adds to it. */
final class Settings {
  private Settings() {}

  static Properties of(JsonNode options) throws IOException {
    Properties properties = new Properties();
    try (FileInputStream file = new FileInputStream(options.get("properties").asText())) {
      properties.load(file);
    }
    options.path("with").fields().forEachRemaining(
        entry -> properties.put(entry.getKey(), entry.getValue().asText()));
    return properties;
  }
}
