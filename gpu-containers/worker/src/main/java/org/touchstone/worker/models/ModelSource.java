package org.touchstone.worker.models;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The location of models in S3: {@code {prefix}{name}/{version}/model.json} and the files it lists.
 *
 * @param bucket the bucket
 * @param prefix the start of the keys; empty, or ending with a slash
 */
public record ModelSource(String bucket, String prefix) {
  private static final Pattern URI =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9!_.*'()/-]*))?");

  /**
   * Reads {@code s3://bucket/prefix/}.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static ModelSource parse(String uri) {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the location of models must have the form s3://bucket/prefix/");
    }
    String prefix = matcher.group(2) == null ? "" : matcher.group(2);
    return new ModelSource(
        matcher.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }
}
