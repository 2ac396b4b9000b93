package org.touchstone.emulators.access.policy;

import java.util.Map;

/**
 * What a request would do.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN of what it concerns; {@code *} for actions that concern no resource
 * @param context the condition keys that the request has, such as {@code s3:prefix}
 */
public record Access(String action, String resource, Map<String, String> context) {

  public Access {
    context = Map.copyOf(context);
  }

  /** An access whose request has no condition keys. */
  public static Access of(String action, String resource) {
    return new Access(action, resource, Map.of());
  }

  @Override
  public String toString() {
    return action + " on " + resource + (context.isEmpty() ? "" : " with " + context);
  }
}
