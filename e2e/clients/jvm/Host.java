import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs programs in one JVM, each on a thread of its own, because starting a JVM takes longer than most of them.
 *
 * Standard input: {"id":1,"program":"ConsumeRides","options":{…}} starts one, {"id":1,"stop":true} asks it to end.
 * Standard output: one JSON object for each event, with the id of its program; "ended" or "failed" is the last.
 * When standard input ends the JVM exits at once: clients that are still open are not closed.
 */
public class Host {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    Map<Integer, Program> running = new ConcurrentHashMap<>();
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      JsonNode command = JSON.readTree(line);
      int id = command.get("id").asInt();
      if (command.has("stop")) {
        Program program = running.get(id);
        if (program != null) program.stop();
        continue;
      }
      Class<?> named = Class.forName(command.get("program").asText());
      Program program = (Program) named.getDeclaredConstructor().newInstance();
      running.put(id, program);
      Thread thread = new Thread(() -> run(id, program, command.get("options")));
      thread.setDaemon(true);
      thread.start();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void run(int id, Program program, JsonNode options) {
    try {
      program.run(options, (name, fields) -> print(id, name, fields));
      print(id, "ended");
    } catch (Throwable failure) {
      failure.printStackTrace();
      print(id, "failed", "error", named(failure));
    }
  }

  /** `UnknownTopicOrPartitionException: …`, of what the clients wrap in others. */
  static String named(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof java.util.concurrent.ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static synchronized void print(int id, String name, Object... fields) {
    ObjectNode event = JSON.createObjectNode().put("id", id).put("event", name);
    for (int at = 0; at < fields.length; at += 2) {
      event.set((String) fields[at], JSON.valueToTree(fields[at + 1]));
    }
    System.out.println(event);
    System.out.flush();
  }
}
