package org.touchstone.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.aws.EmbeddedS3;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

class HousekeepingTest {
  private static final String BUCKET = "touchstone";

  @Test
  void deletesAbandonedUploadsAndKeepsTheRest() {
    try (EmbeddedS3 server = EmbeddedS3.inMemory();
        S3Client s3 = server.client()) {
      server.createBucket(BUCKET);
      for (String key : new String[] {"uploads/a", "incoming/b", "callbacks/e", "media/c"}) {
        s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("x"));
      }
      s3.createMultipartUpload(r -> r.bucket(BUCKET).key("incoming/d"));
      Housekeeping housekeeping = new Housekeeping(s3, BUCKET);

      housekeeping.delete(Instant.now().minus(Duration.ofHours(1)));
      assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).contents()).hasSize(4);

      housekeeping.delete(Instant.now().plus(Duration.ofHours(1)));
      assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).contents())
          .extracting(S3Object::key)
          .containsExactly("media/c");
    }
  }
}
