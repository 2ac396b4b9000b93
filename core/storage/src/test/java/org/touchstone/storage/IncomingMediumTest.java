package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.S3Location;
import org.touchstone.storage.FaultyHttpClient.Fault;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class IncomingMediumTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final int PART = IncomingMedium.PART_BYTES;

  private static final MediaOwner OWNER = new MediaOwner("account", Samples.ID);

  private MediaStore media;

  @BeforeEach
  void openBucket() {
    media = new MediaStore(BUCKET.objects(), BUCKET.client(), BUCKET.presigner());
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(BUCKET.objects().list("incoming/")).isEmpty();
    assertThat(BUCKET.client().listMultipartUploads(list -> list.bucket(BUCKET.name())).uploads())
        .isEmpty();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(IncomingMedium to, byte[] bytes) {
    int piece = 100_000;
    byte[] buffer = new byte[piece];
    for (int at = 0; at < bytes.length; at += piece) {
      int count = Math.min(piece, bytes.length - at);
      System.arraycopy(bytes, at, buffer, 0, count);
      to.write(buffer, 0, count);
    }
  }

  private static S3Location store(MediaStore media, byte[] bytes, String type) {
    try (IncomingMedium incoming = media.receive()) {
      write(incoming, bytes);
      incoming.finish(sha256(bytes));
      return incoming.store(type, OWNER);
    }
  }

  private static byte[] read(S3Location location) throws Exception {
    try (InputStream in = BUCKET.objects().open(location.key())) {
      return in.readAllBytes();
    }
  }

  private static HeadObjectResponse head(S3Location location) {
    return BUCKET.client().headObject(head -> head.bucket(location.bucket()).key(location.key()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 70_000, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 12_345})
  void storesAMediumOfAnySizeUnderItsHash(int length) throws Exception {
    byte[] bytes = bytes(length);

    S3Location location = store(media, bytes, "video/mp4");

    assertThat(location).isEqualTo(new S3Location(BUCKET.name(), "media/" + sha256(bytes)));
    assertThat(Arrays.equals(read(location), bytes)).isTrue();
    assertThat(head(location).contentType()).isEqualTo("video/mp4");
    assertThat(head(location).contentDisposition()).isEqualTo("attachment");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 2 * PART})
  void writesNothingWhenTheSameBytesAreStored(int length) throws Exception {
    byte[] bytes = bytes(length);
    HeadObjectResponse first = head(store(media, bytes, "video/mp4"));

    S3Location again = store(media, bytes, "video/webm");

    assertThat(head(again).contentType()).isEqualTo("video/mp4");
    assertThat(head(again).lastModified()).isEqualTo(first.lastModified());
  }

  @ParameterizedTest
  @CsvSource({"10, 25, video/webm", "16777216, 25, video/webm", "10, 23, video/mp4"})
  void writesTheSameBytesAnewAfterADay(int length, int hours, String type) throws Exception {
    byte[] bytes = bytes(length);
    S3Location location = store(media, bytes, "video/mp4");
    MediaStore later =
        new MediaStore(
            BUCKET.objects(),
            BUCKET.client(),
            BUCKET.presigner(),
            new ServerSideCopy(BUCKET.client(), BUCKET.name()),
            () -> Instant.now().plus(Duration.ofHours(hours)));

    assertThat(store(later, bytes, "video/webm")).isEqualTo(location);

    assertThat(head(location).contentType()).isEqualTo(type);
    assertThat(head(location).contentDisposition()).isEqualTo("attachment");
    assertThat(Arrays.equals(read(location), bytes)).isTrue();
  }

  @Test
  void sameBytesMayComeTwiceAtOnce() throws Exception {
    byte[] bytes = bytes(PART + 5);

    List<S3Location> stored = Race.run(3, i -> store(media, bytes, "video/mp4"));

    assertThat(stored).hasSize(3).containsOnly(stored.getFirst());
    assertThat(Arrays.equals(read(stored.getFirst()), bytes)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, PART, 2 * PART + 77})
  void givesBackAnyOfTheBytesBeforeItIsStored(int length) throws Exception {
    byte[] bytes = bytes(length);
    try (IncomingMedium incoming = media.receive()) {
      write(incoming, bytes);
      assertThatThrownBy(() -> incoming.open(0, 1)).isInstanceOf(IllegalStateException.class);
      incoming.finish(sha256(bytes));

      assertThat(incoming.bytes()).isEqualTo(length);
      for (int from : new int[] {0, length / 2, length - 10}) {
        try (InputStream in = incoming.open(from, 10)) {
          assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, from, from + 10));
        }
      }
      assertThatThrownBy(() -> incoming.open(length - 1, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void givesBackTheBytesOfWhatIsStoredAlready() throws Exception {
    byte[] bytes = bytes(PART + 100);
    store(media, bytes, "video/mp4");
    try (IncomingMedium incoming = media.receive()) {
      write(incoming, bytes);
      incoming.finish(sha256(bytes));
      try (InputStream in = incoming.open(PART, 100)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, PART, PART + 100));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, PART + 1, 3 * PART})
  void leavesNothingWhenItIsRefusedBeforeItsEnd(int length) {
    try (IncomingMedium incoming = media.receive()) {
      write(incoming, bytes(length));
    }
    assertThat(BUCKET.objects().list("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, PART + 1})
  void leavesNothingWhenItIsRefusedAtItsEnd(int length) throws Exception {
    byte[] bytes = bytes(length);
    try (IncomingMedium incoming = media.receive()) {
      write(incoming, bytes);
      incoming.finish(sha256(bytes));
    }
    assertThat(BUCKET.objects().list("")).isEmpty();
  }

  @Test
  void copiesInPartsWhatIsTooLargeToBeCopiedWhole() throws Exception {
    ServerSideCopy inParts = new ServerSideCopy(BUCKET.client(), BUCKET.name(), 9 << 20, 6 << 20);
    MediaStore store =
        new MediaStore(
            BUCKET.objects(), BUCKET.client(), BUCKET.presigner(), inParts, InstantSource.system());
    byte[] bytes = bytes(2 * PART + 1);

    S3Location location = store(store, bytes, "video/mp4");

    assertThat(Arrays.equals(read(location), bytes)).isTrue();
    assertThat(head(location).contentType()).isEqualTo("video/mp4");
    assertThat(head(location).contentDisposition()).isEqualTo("attachment");
  }

  /** The five requests: beginning, part, part, completion and copy. */
  @ParameterizedTest
  @CsvSource({
    "THROTTLED, 0",
    "THROTTLED, 1",
    "THROTTLED, 3",
    "THROTTLED, 4",
    "ANSWER_LOST, 1",
    "ANSWER_LOST, 3",
    "ANSWER_LOST, 4"
  })
  void goesOnAfterAFault(Fault fault, int healthyFirst) throws Exception {
    byte[] bytes = bytes(PART + 1);
    FaultyHttpClient http =
        new FaultyHttpClient(UrlConnectionHttpClient.create(), healthyFirst, fault);
    try (http;
        S3Client s3 = BUCKET.client(http)) {
      S3Location location =
          store(
              new MediaStore(new ObjectStore(s3, BUCKET.name()), s3, BUCKET.presigner()),
              bytes,
              "video/mp4");

      assertThat(http.isHealthyAgain()).isTrue();
      assertThat(Arrays.equals(read(location), bytes)).isTrue();
    }
  }

  @Test
  void aPartThatCannotBeSentIsAFaultAndLeavesNothing() {
    Fault[] gone = new Fault[20];
    Arrays.fill(gone, Fault.THROTTLED);
    FaultyHttpClient http = new FaultyHttpClient(UrlConnectionHttpClient.create(), 1, gone);
    try (S3Client s3 = BUCKET.client(http)) {
      MediaStore store = new MediaStore(new ObjectStore(s3, BUCKET.name()), s3, BUCKET.presigner());
      IncomingMedium incoming = store.receive();
      write(incoming, bytes(PART + 1));
      assertThatThrownBy(() -> incoming.finish("0".repeat(64))).isInstanceOf(S3Exception.class);
      http.heal();
      incoming.close();
    }
  }
}
