package org.touchstone.c2pa.status;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found. Not thread-safe. */
public final class StatusLog {
  private final List<Status> found = new ArrayList<>();

  public void add(Code code, String url) {
    add(code, url, null);
  }

  public void add(Code code, String url, String explanation) {
    found.add(new Status(code, url, explanation));
  }

  public boolean has(Code code) {
    return found.stream().anyMatch(status -> status.code() == code);
  }

  /** All so far, in their order. */
  public List<Status> all() {
    return List.copyOf(found);
  }
}
