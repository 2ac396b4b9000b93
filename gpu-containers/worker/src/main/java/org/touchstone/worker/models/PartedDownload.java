package org.touchstone.worker.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.touchstone.worker.models.RemoteModel.RemoteFile;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Fetches large objects in parts, several at once: one connection to S3 carries about 90 MB/s, a
 * GPU instance's network ten times that. All parts belong to the version that was listed.
 */
final class PartedDownload implements AutoCloseable {
  /** S3's guidance: ranges of 8 to 16 MB (docs, "Use byte-range fetches"). */
  private static final int PART_BYTES = 16 << 20;

  private static final int CONNECTIONS = 8;

  private final S3Client s3;
  private final String bucket;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CONNECTIONS, Thread.ofPlatform().daemon().name("model-sync-", 0).factory());

  PartedDownload(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /**
   * Fetches an object into a new file.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not deliver the object
   */
  void fetch(RemoteFile object, Path to) throws IOException, InterruptedException {
    try (FileChannel file =
        FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      List<Future<?>> parts = new ArrayList<>();
      for (long from = 0; from < object.bytes(); from += PART_BYTES) {
        long first = from;
        long last = Math.min(from + PART_BYTES, object.bytes()) - 1;
        parts.add(threads.submit(() -> fetch(object, first, last, file)));
      }
      try {
        for (Future<?> part : parts) {
          part.get();
        }
      } catch (ExecutionException e) {
        parts.forEach(part -> part.cancel(true));
        if (e.getCause() instanceof RuntimeException fault) {
          throw fault;
        }
        throw new IOException("a part of a model could not be fetched", e.getCause());
      }
    }
  }

  private void fetch(RemoteFile object, long first, long last, FileChannel file) {
    ByteBuffer part =
        s3.getObjectAsBytes(
                r ->
                    r.bucket(bucket)
                        .key(object.key())
                        .ifMatch(object.eTag())
                        .range("bytes=" + first + "-" + last))
            .asByteBuffer();
    try {
      for (long at = first; part.hasRemaining(); ) {
        at += file.write(part, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
