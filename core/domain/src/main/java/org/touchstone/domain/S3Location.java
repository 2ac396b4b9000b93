package org.touchstone.domain;

import java.util.Objects;

/** Where an object lies in S3. */
public record S3Location(String bucket, String key) {
  public S3Location {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
  }
}
