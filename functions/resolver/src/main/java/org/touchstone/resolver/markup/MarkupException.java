package org.touchstone.resolver.markup;

/** A document is larger, deeper or slower to parse than any that a person would publish. */
public final class MarkupException extends Exception {
  private static final long serialVersionUID = 1L;

  MarkupException(String message) {
    super(message);
  }
}
