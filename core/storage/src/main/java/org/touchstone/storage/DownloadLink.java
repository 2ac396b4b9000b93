package org.touchstone.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * A link to one object that anyone may follow until it expires. The media type and the wish to be
 * saved rather than shown are part of the link's signature, so that nobody can make a page of it.
 *
 * @param url where to GET the bytes, without an API key
 * @param contentType the media type that the answer has; signed with the link
 * @param expiresAt when the link ends
 */
public record DownloadLink(URI url, String contentType, Instant expiresAt) {
  /**
   * A link to an object.
   *
   * @param fileName under which it is saved; other characters than letters, digits, full stops,
   *     hyphens and underscores are replaced
   */
  static DownloadLink to(
      S3Presigner presigner,
      String bucket,
      String key,
      String contentType,
      String fileName,
      Duration lifetime) {
    String disposition =
        MediaStore.ATTACHMENT
            + "; filename=\""
            + fileName.replaceAll("[^A-Za-z0-9._-]", "_")
            + "\"";
    PresignedGetObjectRequest presigned =
        presigner.presignGetObject(
            presign ->
                presign
                    .signatureDuration(lifetime)
                    .getObjectRequest(
                        get ->
                            get.bucket(bucket)
                                .key(key)
                                .responseContentType(contentType)
                                .responseContentDisposition(disposition)));
    try {
      return new DownloadLink(presigned.url().toURI(), contentType, presigned.expiration());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a presigned URL is a URI", e);
    }
  }
}
