package org.touchstone.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.touchstone.domain.S3Location;
import org.touchstone.storage.FaultyHttpClient.Fault;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

class FaultsTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final byte[] BODY = "ours".getBytes(UTF_8);
  private static final String TEXT = "text/plain";

  @TempDir Path folder;

  private FaultyHttpClient http;
  private S3Client s3;

  @AfterEach
  void close() {
    s3.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CUT_OFF")
  void createsAnObjectDespiteAFault(Fault fault) {
    ObjectStore objects = storeWith(fault);

    assertThat(objects.createIfAbsent("a", BODY, TEXT)).isTrue();

    assertThat(http.isHealthyAgain()).isTrue();
    assertThat(objects.read("a").orElseThrow().body()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CUT_OFF")
  void replacesAnObjectDespiteAFault(Fault fault) {
    BUCKET.objects().put("a", "before".getBytes(UTF_8), TEXT);
    ObjectStore objects = storeWith(fault);
    String eTag = BUCKET.objects().read("a").orElseThrow().eTag();

    assertThat(objects.replace("a", BODY, TEXT, eTag)).isTrue();

    assertThat(http.isHealthyAgain()).isTrue();
    assertThat(objects.read("a").orElseThrow().body()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT", "THROTTLED"})
  void doesNotTakeAnothersEqualObjectForItsOwn(Fault fault) {
    BUCKET.objects().createIfAbsent("a", BODY, TEXT);

    assertThat(storeWith(fault).createIfAbsent("a", BODY, TEXT)).isFalse();

    assertThat(http.isHealthyAgain()).isTrue();
  }

  @Test
  void outlastsAConflictThatGoesOn() {
    ObjectStore objects =
        storeWith(Stream.generate(() -> Fault.CONFLICT).limit(5).toArray(Fault[]::new));

    assertThat(objects.createIfAbsent("a", BODY, TEXT)).isTrue();
  }

  @Test
  void readsAnObjectAgainWhenTheConnectionEndsEarly() {
    BUCKET.objects().put("a", BODY, TEXT);

    assertThat(storeWith(Fault.CUT_OFF).read("a").orElseThrow().body()).isEqualTo(BODY);

    assertThat(http.isHealthyAgain()).isTrue();
  }

  @Test
  void downloadsAMediumAgainWhenTheConnectionEndsEarly() {
    BUCKET.objects().put("media/a", BODY, TEXT);
    ObjectStore objects = storeWith(Fault.CUT_OFF);
    Path file = folder.resolve("medium");

    new MediaStore(objects, s3, BUCKET.presigner())
        .download(new S3Location(BUCKET.name(), "media/a"), file, BODY.length);

    assertThat(http.isHealthyAgain()).isTrue();
    assertThat(file).hasBinaryContent(BODY);
  }

  private ObjectStore storeWith(Fault... faults) {
    http = new FaultyHttpClient(UrlConnectionHttpClient.create(), faults);
    s3 = BUCKET.client(http);
    return new ObjectStore(s3, BUCKET.name());
  }
}
