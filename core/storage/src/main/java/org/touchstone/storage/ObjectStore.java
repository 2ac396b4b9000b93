package org.touchstone.storage;

import java.io.InputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.touchstone.domain.Json;
import org.touchstone.domain.S3Location;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One bucket, used as a database: small objects are created once, or replaced only if they are
 * still in the version that was read. The SDK's client retries after throttling and transient
 * faults; if a request still fails, it throws {@link
 * software.amazon.awssdk.core.exception.SdkException}.
 */
public final class ObjectStore {
  /** Largest object that {@link #read} returns: 16 MiB. */
  public static final int MAX_READ_BYTES = 16 * 1024 * 1024;

  private static final String JSON = "application/json";
  private static final int NOT_FOUND = 404;
  private static final int MAX_TRIES = 20;

  private final S3Client s3;
  private final String bucket;
  private final ConditionalPut conditionalPut;

  public ObjectStore(S3Client s3, String bucket) {
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.bucket = Objects.requireNonNull(bucket, "bucket");
    this.conditionalPut = new ConditionalPut(s3, bucket);
  }

  public String bucket() {
    return bucket;
  }

  /**
   * Creates an object unless the key already has one.
   *
   * @return whether this call created it; of any number of calls exactly one creates it
   */
  public boolean createIfAbsent(String key, byte[] body, String contentType) {
    return conditionalPut.createIfAbsent(
        key, request -> request.contentType(contentType), RequestBody.fromBytes(body));
  }

  /**
   * Replaces an object unless it changed since it was read.
   *
   * @param eTag the version that was read
   * @return whether this call replaced it; false also when the object is gone
   */
  public boolean replace(String key, byte[] body, String contentType, String eTag) {
    return conditionalPut.replace(
        key, eTag, request -> request.contentType(contentType), RequestBody.fromBytes(body));
  }

  /**
   * Changes a small object of JSON, whoever else changes it at the same time.
   *
   * @param change may be called several times
   * @return the value after the change; empty when the object does not exist
   * @throws IllegalStateException when others change it all the time
   */
  <T> Optional<T> update(String key, Class<T> type, UnaryOperator<T> change) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<StoredObject> stored = read(key);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      T before = Json.read(stored.get().body(), type);
      T after = change.apply(before);
      if (after.equals(before) || replace(key, Json.bytes(after), JSON, stored.get().eTag())) {
        return Optional.of(after);
      }
    }
    throw new IllegalStateException("too many others change " + key);
  }

  /** Writes an object, replacing any earlier one. */
  public void put(String key, byte[] body, String contentType) {
    s3.putObject(
        request -> request.bucket(bucket).key(key).contentType(contentType),
        RequestBody.fromBytes(body));
  }

  /**
   * Reads a small object.
   *
   * @throws ObjectTooLargeException when the object has more than {@link #MAX_READ_BYTES}
   */
  public Optional<StoredObject> read(String key) {
    return WholeObject.read(
        s3,
        new S3Location(bucket, key),
        MAX_READ_BYTES,
        (response, in) -> {
          byte[] body = in.readAllBytes();
          WholeObject.requireWhole(body.length, response);
          return new StoredObject(body, response.eTag());
        });
  }

  /** An object's metadata, without reading the object. */
  public Optional<ObjectInfo> head(String key) {
    try {
      HeadObjectResponse head = s3.headObject(request -> request.bucket(bucket).key(key));
      return Optional.of(
          new ObjectInfo(
              head.contentLength(), head.contentType(), head.eTag(), head.lastModified()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** An object's own metadata, besides what S3 keeps of each; empty when it does not exist. */
  Optional<Map<String, String>> metadata(String key) {
    try {
      return Optional.of(s3.headObject(request -> request.bucket(bucket).key(key)).metadata());
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Opens an object of any size. Closing the stream early drops the rest.
   *
   * @throws NoSuchObjectException when the object does not exist
   */
  public InputStream open(String key) {
    try {
      return new AbortingInputStream(s3.getObject(get -> get.bucket(bucket).key(key)));
    } catch (S3Exception e) {
      throw e.statusCode() == NOT_FOUND ? new NoSuchObjectException(key) : e;
    }
  }

  /**
   * Opens part of an object.
   *
   * @param from the first byte's position
   * @param length how many bytes, at least one
   */
  InputStream open(String key, long from, long length) {
    return new AbortingInputStream(
        s3.getObject(
            get -> get.bucket(bucket).key(key).range("bytes=" + from + "-" + (from + length - 1))));
  }

  /** All keys that start with the prefix, in lexicographic order. */
  public List<String> list(String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /**
   * Some keys that start with the prefix.
   *
   * @param startAfter only keys after this one; absent to start at the first
   * @param limit maximum number of keys, 1 to 1000
   */
  public ListPage list(String prefix, String startAfter, int limit) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .startAfter(startAfter)
            .maxKeys(limit)
            .build();
    ListObjectsV2Response page = s3.listObjectsV2(request);
    while (page.contents().isEmpty() && isTruncated(page)) {
      page =
          s3.listObjectsV2(
              request.toBuilder().continuationToken(page.nextContinuationToken()).build());
    }
    return new ListPage(page.contents().stream().map(S3Object::key).toList(), isTruncated(page));
  }

  /**
   * The folders directly below a folder, each with all of its key and the slash at its end, in
   * lexicographic order.
   *
   * @param prefix the folder, with a slash at its end, or also the start of the folders' names
   */
  public List<String> folders(String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .toList();
  }

  /** Deletes an object; does nothing when it does not exist. */
  public void delete(String key) {
    s3.deleteObject(request -> request.bucket(bucket).key(key));
  }

  /** Deletes many objects; those that do not exist are left out. */
  public void deleteAll(Collection<String> keys) {
    Parallel.map(
        keys,
        key -> {
          delete(key);
          return key;
        });
  }

  /**
   * Reads many small objects at once, each at most {@link #MAX_READ_BYTES}; keys without an object
   * are left out.
   */
  public Map<String, StoredObject> readAll(Collection<String> keys) {
    Map<String, StoredObject> objects = new LinkedHashMap<>();
    Iterator<Optional<StoredObject>> reads = Parallel.map(keys, this::read).iterator();
    keys.forEach(key -> reads.next().ifPresent(object -> objects.put(key, object)));
    return objects;
  }

  /** Like {@link #createIfAbsent(String, byte[], String)}, with all parameters that S3 accepts. */
  boolean createIfAbsent(
      String key, Consumer<PutObjectRequest.Builder> settings, RequestBody body) {
    return conditionalPut.createIfAbsent(key, settings, body);
  }

  private static boolean isTruncated(ListObjectsV2Response page) {
    return Boolean.TRUE.equals(page.isTruncated());
  }
}
