import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** One taxi ride: the eighteen columns of New York's yellow cabs. */
@JsonPropertyOrder(alphabetic = false)
public class Ride {
  @JsonProperty public String vendorId;
  @JsonProperty public String pickupAt;
  @JsonProperty public String dropoffAt;
  @JsonProperty public int passengerCount;
  @JsonProperty public double tripDistance;
  @JsonProperty public int rateCode;
  @JsonProperty public boolean storedAndForwarded;
  @JsonProperty public long pickupLocation;
  @JsonProperty public long dropoffLocation;
  @JsonProperty public int paymentType;
  @JsonProperty public double fareAmount;
  @JsonProperty public double extra;
  @JsonProperty public double mtaTax;
  @JsonProperty public double tipAmount;
  @JsonProperty public double tollsAmount;
  @JsonProperty public double improvementSurcharge;
  @JsonProperty public double totalAmount;
  @JsonProperty public double congestionSurcharge;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a line of the data set: eighteen values between commas. */
  static Ride ofLine(String line) {
    String[] columns = line.split(",");
    Ride ride = new Ride();
    ride.vendorId = columns[0];
    ride.pickupAt = columns[1];
    ride.dropoffAt = columns[2];
    ride.passengerCount = Integer.parseInt(columns[3]);
    ride.tripDistance = Double.parseDouble(columns[4]);
    ride.rateCode = Integer.parseInt(columns[5]);
    ride.storedAndForwarded = columns[6].equals("Y");
    ride.pickupLocation = Long.parseLong(columns[7]);
    ride.dropoffLocation = Long.parseLong(columns[8]);
    ride.paymentType = Integer.parseInt(columns[9]);
    ride.fareAmount = Double.parseDouble(columns[10]);
    ride.extra = Double.parseDouble(columns[11]);
    ride.mtaTax = Double.parseDouble(columns[12]);
    ride.tipAmount = Double.parseDouble(columns[13]);
    ride.tollsAmount = Double.parseDouble(columns[14]);
    ride.improvementSurcharge = Double.parseDouble(columns[15]);
    ride.totalAmount = Double.parseDouble(columns[16]);
    ride.congestionSurcharge = Double.parseDouble(columns[17]);
    return ride;
  }

  public static class AsJson implements Serializer<Ride> {
    @Override
    public byte[] serialize(String topic, Ride ride) {
      try {
        return ride == null ? null : JSON.writeValueAsBytes(ride);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  public static class FromJson implements Deserializer<Ride> {
    @Override
    public Ride deserialize(String topic, byte[] bytes) {
      try {
        return bytes == null ? null : JSON.readValue(bytes, Ride.class);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
