import com.fasterxml.jackson.databind.JsonNode;

/** What the host runs: one client program, as a user would write it but for where its options are from. */
public interface Program {
  /** Returns when it has done its work, or after `stop`. */
  void run(JsonNode options, Report report) throws Exception;

  /** Asks it to end as it should: called from another thread, and also before it has begun. */
  default void stop() {}

  /** What a program tells: one line of standard output. */
  interface Report {
    /** `fields` are names and values by turns. */
    void event(String name, Object... fields);
  }
}
