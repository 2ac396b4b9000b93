package org.touchstone.storage;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object sent in parts. One part at a time is sent while the caller continues. The object exists
 * only after completion.
 */
final class MultipartUpload {
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final String id;
  private final List<CompletedPart> sent = new ArrayList<>();
  private FutureTask<CompletedPart> onItsWay;

  private MultipartUpload(S3Client s3, String bucket, String key, String id) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
  }

  static MultipartUpload begin(S3Client s3, String bucket, String key) {
    String id = s3.createMultipartUpload(create -> create.bucket(bucket).key(key)).uploadId();
    return new MultipartUpload(s3, bucket, key, id);
  }

  /**
   * Sends a part, after the one before it has arrived.
   *
   * @param bytes must not change until the next call returns
   */
  void send(byte[] bytes, int length) {
    awaitPart();
    int number = sent.size() + 1;
    FutureTask<CompletedPart> part = new FutureTask<>(() -> sendNow(number, bytes, length));
    onItsWay = part;
    Thread.ofVirtual().name("part-" + number).start(part);
  }

  private CompletedPart sendNow(int number, byte[] bytes, int length) {
    String eTag =
        s3.uploadPart(
                part -> part.bucket(bucket).key(key).uploadId(id).partNumber(number),
                RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(bytes, 0, length),
                    length,
                    "application/octet-stream"))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }

  private void awaitPart() {
    if (onItsWay == null) {
      return;
    }
    try {
      sent.add(onItsWay.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException("a part was not sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a part was being sent", e);
    } finally {
      onItsWay = null;
    }
  }

  /** Creates the object from its parts. */
  void complete() {
    awaitPart();
    try {
      s3.completeMultipartUpload(
          whole ->
              whole
                  .bucket(bucket)
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(parts -> parts.parts(sent)));
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND || !exists()) {
        throw e;
      }
      // The answer to an earlier attempt was lost. The key is used only once, so this is our
      // object.
    }
  }

  private boolean exists() {
    try {
      s3.headObject(head -> head.bucket(bucket).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Discards the parts. */
  void abort() {
    try {
      awaitPart();
    } finally {
      s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
    }
  }
}
