package org.touchstone.c2pa.status;

import java.util.Objects;

/**
 * One thing that was found.
 *
 * @param code what
 * @param url JUMBF URI of the claim, the signature or the assertion it is about
 * @param explanation a sentence for developers; absent when the code says it all
 */
public record Status(Code code, String url, String explanation) {
  public Status {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(url, "url");
  }

  public boolean isFailure() {
    return code.kind() == Code.Kind.FAILURE;
  }
}
