package org.touchstone.storage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes that happen only when a condition holds.
 *
 * <p>When the answer to a write is lost, the SDK tries the write again and the condition fails
 * because of the first attempt. Every write therefore carries a random mark. A condition that fails
 * on a later attempt counts as met when the object carries the same mark.
 */
final class ConditionalPut {
  private static final String MARK = "write-id";
  private static final int ATTEMPTS = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final String bucket;

  ConditionalPut(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  boolean createIfAbsent(
      String key, Consumer<PutObjectRequest.Builder> settings, RequestBody body) {
    return put(key, settings.andThen(request -> request.ifNoneMatch("*")), body);
  }

  boolean replace(
      String key, String eTag, Consumer<PutObjectRequest.Builder> settings, RequestBody body) {
    return put(key, settings.andThen(request -> request.ifMatch(eTag)), body);
  }

  private boolean put(String key, Consumer<PutObjectRequest.Builder> settings, RequestBody body) {
    String mark = UUID.randomUUID().toString();
    PutObjectRequest wanted = PutObjectRequest.builder().applyMutation(settings).build();
    Map<String, String> metadata = new HashMap<>(wanted.metadata());
    metadata.put(MARK, mark);
    PutObjectRequest request =
        wanted.toBuilder().bucket(bucket).key(key).metadata(metadata).build();
    for (int attempt = 1; ; attempt++) {
      try {
        s3.putObject(request, body);
        return true;
      } catch (S3Exception e) {
        boolean triedBefore = attempt > 1 || e.numAttempts() != null && e.numAttempts() > 1;
        if (e.statusCode() == PRECONDITION_FAILED) {
          return triedBefore && carries(key, mark);
        }
        if (e.statusCode() == NOT_FOUND && request.ifMatch() != null) {
          return false;
        }
        if (e.statusCode() != CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private boolean carries(String key, String mark) {
    try {
      return mark.equals(
          s3.headObject(request -> request.bucket(bucket).key(key)).metadata().get(MARK));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Waits before another attempt: S3 answers 409 while two conditional writes of one key overlap.
   */
  private static void pause(int attempt) {
    long most = FIRST_PAUSE.toMillis() << attempt - 1;
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to write again", e);
    }
  }
}
