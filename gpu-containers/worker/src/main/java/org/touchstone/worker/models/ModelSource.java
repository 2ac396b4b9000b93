package org.touchstone.worker.models;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where models lie in S3: {@code {prefix}{name}/{version}/model.json} and the files it lists.
 *
 * @param bucket the bucket
 * @param prefix what the keys begin with; empty, or ending with a slash
 */
public record ModelSource(String bucket, String prefix) {
  private static final Pattern URI =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9!_.*'()/-]*))?");

  /**
   * Reads {@code s3://bucket/prefix/}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static ModelSource parse(String uri) {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("models come from s3://bucket/prefix/");
    }
    String prefix = matcher.group(2) == null ? "" : matcher.group(2);
    return new ModelSource(
        matcher.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }
}
