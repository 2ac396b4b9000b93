package org.touchstone.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/** Copies within the bucket, without transferring the bytes to this process. */
final class ServerSideCopy {
  /** Maximum size of an object that S3 copies in one request: 5 GiB. */
  static final long MAX_WHOLE_BYTES = 5L << 30;

  /** Size of a part in bytes: 10,000 parts cover more than the largest object, 5 TiB. */
  private static final long PART_BYTES = 1L << 30;

  private final S3Client s3;
  private final String bucket;
  private final long maxWholeBytes;
  private final long partBytes;

  ServerSideCopy(S3Client s3, String bucket) {
    this(s3, bucket, MAX_WHOLE_BYTES, PART_BYTES);
  }

  ServerSideCopy(S3Client s3, String bucket, long maxWholeBytes, long partBytes) {
    this.s3 = s3;
    this.bucket = bucket;
    this.maxWholeBytes = maxWholeBytes;
    this.partBytes = partBytes;
  }

  /**
   * Writes an object with the same bytes, replacing any earlier one.
   *
   * @param bytes the object's size
   * @param metadata the object's own metadata
   */
  void copy(
      String from,
      String to,
      long bytes,
      String contentType,
      String contentDisposition,
      Map<String, String> metadata) {
    if (bytes > maxWholeBytes) {
      inParts(from, to, bytes, contentType, contentDisposition, metadata);
      return;
    }
    s3.copyObject(
        copy ->
            copy.sourceBucket(bucket)
                .sourceKey(from)
                .destinationBucket(bucket)
                .destinationKey(to)
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .metadata(metadata));
  }

  private void inParts(
      String from,
      String to,
      long bytes,
      String contentType,
      String contentDisposition,
      Map<String, String> metadata) {
    String id =
        s3.createMultipartUpload(
                create ->
                    create
                        .bucket(bucket)
                        .key(to)
                        .contentType(contentType)
                        .contentDisposition(contentDisposition)
                        .metadata(metadata))
            .uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long at = 0; at < bytes; at += partBytes) {
        parts.add(part(from, to, id, parts.size() + 1, at, Math.min(bytes, at + partBytes)));
      }
      s3.completeMultipartUpload(
          whole ->
              whole.bucket(bucket).key(to).uploadId(id).multipartUpload(all -> all.parts(parts)));
    } catch (RuntimeException e) {
      s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(to).uploadId(id));
      throw e;
    }
  }

  private CompletedPart part(String from, String to, String id, int number, long start, long end) {
    String eTag =
        s3.uploadPartCopy(
                copy ->
                    copy.sourceBucket(bucket)
                        .sourceKey(from)
                        .copySourceRange("bytes=" + start + "-" + (end - 1))
                        .destinationBucket(bucket)
                        .destinationKey(to)
                        .uploadId(id)
                        .partNumber(number))
            .copyPartResult()
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }
}
