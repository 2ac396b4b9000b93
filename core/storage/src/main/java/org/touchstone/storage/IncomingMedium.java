package org.touchstone.storage;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.touchstone.domain.S3Location;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A medium whose bytes go to S3 as they arrive. It is never completely in memory or on disk: it
 * uses at most two parts of 8 MiB, one being filled while the other is sent.
 *
 * <p>Its key, {@code media/} and the hash of its bytes, is known only at the end. A medium that
 * fits into one part is then written under that key. A larger one goes in parts to a single-use key
 * below {@code incoming/}, is copied to its own key within S3, and deleted from {@code incoming/}.
 * So nobody ever sees an incomplete medium, or bytes under a wrong hash. If the same bytes are
 * already stored, they stay. After a day they are rewritten within S3, because the bucket's
 * lifecycle rule counts from the last write, and media are kept from their last use. Stored media
 * have a reference of the analysis that uses them, see {@link MediaReferences}; what was there at
 * first and is deleted meanwhile is stored again.
 *
 * <p>If it is closed before it is stored, nothing remains. A process that dies leaves parts or an
 * object below {@code incoming/}; the bucket's lifecycle rule deletes them, and the next run uses
 * another key. Not thread-safe.
 */
public final class IncomingMedium implements AutoCloseable {
  static final int PART_BYTES = 8 << 20;

  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private static final Duration FRESH = Duration.ofDays(1);

  private static final Map<String, String> MARKED = Map.of(MediaReferences.METADATA, "yes");

  private final ObjectStore objects;
  private final S3Client s3;
  private final ServerSideCopy copier;
  private final MediaReferences references;
  private final String incomingKey;
  private final InstantSource clock;

  private byte[] part = new byte[FIRST_BUFFER_BYTES];
  private byte[] otherPart;
  private int filled;
  private long bytes;
  private MultipartUpload upload;

  private String sha256;
  private ObjectInfo present;
  private boolean isComplete;

  IncomingMedium(
      ObjectStore objects,
      S3Client s3,
      ServerSideCopy copier,
      MediaReferences references,
      String incomingKey,
      InstantSource clock) {
    this.objects = objects;
    this.s3 = s3;
    this.copier = copier;
    this.references = references;
    this.incomingKey = incomingKey;
    this.clock = clock;
  }

  /**
   * Accepts more bytes.
   *
   * @param from array with the bytes; may be reused after this returns
   */
  public void write(byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    for (int at = offset; at < offset + length; ) {
      if (filled == PART_BYTES) {
        sendPart();
      }
      int count = Math.min(offset + length - at, PART_BYTES - filled);
      if (filled + count > part.length) {
        part = Arrays.copyOf(part, Math.min(PART_BYTES, Math.max(filled + count, 2 * filled)));
      }
      System.arraycopy(from, at, part, filled, count);
      filled += count;
      at += count;
    }
    bytes += length;
  }

  private void sendPart() {
    if (upload == null) {
      upload = MultipartUpload.begin(s3, objects.bucket(), incomingKey);
    }
    upload.send(part, filled);
    byte[] arrived = otherPart;
    otherPart = part;
    part = arrived == null ? new byte[PART_BYTES] : arrived;
    filled = 0;
  }

  /** Number of bytes received. */
  public long bytes() {
    return bytes;
  }

  /**
   * Marks the end of the bytes; from now on they can be read.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of all bytes
   */
  public void finish(String sha256) {
    String key = MediaKeys.media(sha256);
    present = objects.head(key).orElse(null);
    if (present == null) {
      complete();
    }
    this.sha256 = sha256;
  }

  /** Makes an object of the parts that were sent. */
  private void complete() {
    if (upload != null && !isComplete) {
      sendPart();
      upload.complete();
      isComplete = true;
    }
  }

  /**
   * Reads some of the bytes.
   *
   * @param from the first byte's position
   * @param length how many, at least one; the range must not extend beyond the end
   */
  public InputStream open(long from, long length) {
    requireFinished();
    Objects.checkFromIndexSize(from, length, bytes);
    if (upload == null) {
      return new ByteArrayInputStream(part, (int) from, (int) length);
    }
    return objects.open(present != null ? MediaKeys.media(sha256) : incomingKey, from, length);
  }

  /**
   * Stores the medium under its own key. A browser that follows a link to it saves it and never
   * shows it as a page.
   *
   * @param mimeType media type decided by content
   * @param owner the analysis that uses it, which refers to it from now on
   */
  public S3Location store(String mimeType, MediaOwner owner) {
    requireFinished();
    String key = MediaKeys.media(sha256);
    references.hold(owner, sha256);
    if (present != null) {
      // The last analysis that used it may have been deleted meanwhile.
      present = objects.head(key).orElse(null);
    }
    if (present == null) {
      create(key, mimeType);
    } else {
      renew(objects, copier, clock, key, present, mimeType);
    }
    return new S3Location(objects.bucket(), key);
  }

  /** Rewrites a medium that was last written more than a day ago. */
  static void renew(
      ObjectStore objects,
      ServerSideCopy copier,
      InstantSource clock,
      String key,
      ObjectInfo present,
      String mimeType) {
    if (present.lastModified().plus(FRESH).isBefore(clock.instant())) {
      // What earlier versions stored stays marked as that.
      Map<String, String> metadata = objects.metadata(key).orElse(MARKED);
      copier.copy(key, key, present.bytes(), mimeType, MediaStore.ATTACHMENT, metadata);
    }
  }

  private void create(String key, String mimeType) {
    if (upload != null) {
      complete();
      copier.copy(incomingKey, key, bytes, mimeType, MediaStore.ATTACHMENT, MARKED);
      return;
    }
    String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    objects.createIfAbsent(
        key,
        request ->
            request
                .contentType(mimeType)
                .contentDisposition(MediaStore.ATTACHMENT)
                .metadata(MARKED)
                .checksumSHA256(checksum),
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(part, 0, filled), filled, mimeType));
  }

  private void requireFinished() {
    if (sha256 == null) {
      throw new IllegalStateException("the bytes have not ended");
    }
  }

  /** Removes the upload or the object below {@code incoming/}. */
  @Override
  public void close() {
    if (upload == null) {
      return;
    }
    try {
      if (isComplete) {
        objects.delete(incomingKey);
      } else {
        upload.abort();
      }
    } catch (SdkException leftToTheLifecycleRule) {
      // The medium is stored, or was rejected with a reason: a failed cleanup must not change that.
    }
    upload = null;
  }
}
