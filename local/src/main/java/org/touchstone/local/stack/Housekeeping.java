package org.touchstone.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Deletes what is left of users' media where it is not needed any more, as the bucket's lifecycle
 * rules do on AWS: uploads, media whose download was cut off, and callbacks.
 */
final class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);

  /** As on AWS. */
  static final Duration AGE = Duration.ofDays(1);

  private static final List<String> TRANSIENT =
      List.of("uploads/", "incoming/", "callbacks/", "condemned/");

  private final S3Client s3;
  private final String bucket;

  Housekeeping(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Deletes now and every hour, until the process ends. */
  static void start(S3Client s3, String bucket) {
    ScheduledExecutorService threads =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    Housekeeping housekeeping = new Housekeeping(s3, bucket);
    threads.scheduleWithFixedDelay(
        () -> housekeeping.tryDelete(Instant.now().minus(AGE)), 0, 1, TimeUnit.HOURS);
  }

  private void tryDelete(Instant before) {
    try {
      delete(before);
    } catch (RuntimeException e) {
      LOG.warn("abandoned uploads could not be deleted; trying again in an hour", e);
    }
  }

  /** Deletes what was stored before a time. */
  void delete(Instant before) {
    for (String prefix : TRANSIENT) {
      for (S3Object object :
          s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents()) {
        if (object.lastModified().isBefore(before)) {
          s3.deleteObject(r -> r.bucket(bucket).key(object.key()));
        }
      }
    }
    for (MultipartUpload upload : s3.listMultipartUploads(r -> r.bucket(bucket)).uploads()) {
      if (upload.initiated() != null && upload.initiated().isBefore(before)) {
        s3.abortMultipartUpload(
            r -> r.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
      }
    }
  }
}
