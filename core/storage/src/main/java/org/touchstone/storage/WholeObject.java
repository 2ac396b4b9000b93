package org.touchstone.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.touchstone.domain.S3Location;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads complete objects only. The SDK retries when a connection ends early. */
final class WholeObject {
  private static final int NOT_FOUND = 404;

  private WholeObject() {}

  /** Processes the bytes. It runs again from the start when a connection ends early. */
  @FunctionalInterface
  interface Reader<T> {
    T read(GetObjectResponse response, InputStream in) throws IOException;
  }

  /**
   * Reads an object.
   *
   * @return empty when the object does not exist
   * @throws ObjectTooLargeException when the object has more than {@code maxBytes}; it is then not
   *     read
   */
  static <T> Optional<T> read(S3Client s3, S3Location from, long maxBytes, Reader<T> reader) {
    // The SDK would wrap an exception thrown inside the transformer, hence the detour via null.
    ResponseTransformer<GetObjectResponse, T> transformer =
        (response, in) ->
            response.contentLength() > maxBytes ? abort(in) : retrying(reader, response, in);
    try {
      T read = s3.getObject(get -> get.bucket(from.bucket()).key(from.key()), transformer);
      if (read == null) {
        throw new ObjectTooLargeException(from.key(), maxBytes);
      }
      return Optional.of(read);
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Checks for readers that a body is not shorter than announced. */
  static void requireWhole(long bytes, GetObjectResponse response) throws EOFException {
    if (bytes != response.contentLength()) {
      throw new EOFException("the connection ended early");
    }
  }

  private static <T> T abort(AbortableInputStream in) {
    in.abort();
    return null;
  }

  private static <T> T retrying(Reader<T> reader, GetObjectResponse response, InputStream in) {
    try {
      return reader.read(response, in);
    } catch (IOException e) {
      throw RetryableException.create("an object was not read completely", e);
    }
  }
}
