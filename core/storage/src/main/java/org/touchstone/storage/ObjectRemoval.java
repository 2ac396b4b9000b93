package org.touchstone.storage;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Removes objects for good: in a bucket that keeps old versions, those too. Removing what is not
 * there does nothing, so each removal may be repeated.
 */
public final class ObjectRemoval {
  private final S3Client s3;
  private final String bucket;
  private final boolean versioned;

  /**
   * @param versioned whether the bucket keeps old versions, or ever did
   */
  public ObjectRemoval(S3Client s3, String bucket, boolean versioned) {
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.bucket = Objects.requireNonNull(bucket, "bucket");
    this.versioned = versioned;
  }

  /** Removes an object. */
  void remove(String key) {
    if (versioned) {
      // Other keys may begin with this one.
      removeVersions(key, entry -> entry.key().equals(key));
    } else {
      s3.deleteObject(delete -> delete.bucket(bucket).key(key));
    }
  }

  /** Removes the objects whose keys begin with a prefix. */
  void removeAll(String prefix) {
    removeAll(prefix, key -> false);
  }

  /**
   * Removes the objects whose keys begin with a prefix.
   *
   * @param kept which of them stay; only their old versions are removed
   */
  void removeAll(String prefix, Predicate<String> kept) {
    if (versioned) {
      removeVersions(prefix, entry -> !(entry.current() && kept.test(entry.key())));
      return;
    }
    for (ListObjectsV2Response page :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))) {
      List<String> keys =
          page.contents().stream().map(S3Object::key).filter(kept.negate()).toList();
      Parallel.map(keys, key -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }
  }

  /**
   * A version of an object, or a marker that it was deleted.
   *
   * @param current whether it is what is read now
   */
  private record Entry(String key, String versionId, boolean current) {}

  private void removeVersions(String prefix, Predicate<Entry> removed) {
    for (ListObjectVersionsResponse page :
        s3.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(prefix))) {
      List<Entry> entries =
          Stream.concat(
                  page.versions().stream().map(ObjectRemoval::entry),
                  page.deleteMarkers().stream().map(ObjectRemoval::entry))
              .filter(removed)
              .toList();
      Parallel.map(
          entries,
          entry ->
              s3.deleteObject(
                  delete -> delete.bucket(bucket).key(entry.key()).versionId(entry.versionId())));
    }
  }

  private static Entry entry(ObjectVersion version) {
    return new Entry(version.key(), version.versionId(), Boolean.TRUE.equals(version.isLatest()));
  }

  private static Entry entry(DeleteMarkerEntry marker) {
    return new Entry(marker.key(), marker.versionId(), false);
  }
}
