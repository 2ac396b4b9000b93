package org.touchstone.resolver.markup;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;

/** Supplies a parser with text until a bound is exceeded. */
final class MeteredText extends Reader {
  private static final int PORTION = 2048;

  /** Twice as many as the largest documents in one page have, such as the standard of HTML. */
  private static final int MAX_TAGS = 1_000_000;

  /**
   * Most namespaces times tags of an XML document: the parser keeps the namespaces that hold for
   * each open element.
   */
  private static final long MAX_NAMESPACES_HELD = 2_000_000;

  private static final String NAMESPACE = "xmlns";

  private final String text;
  private final long longestNanos;
  private long started = System.nanoTime();
  private int at;
  private int tags;
  private boolean countsNamespaces;
  private long namespaces;

  MeteredText(String text, Duration longest) {
    this.text = text;
    this.longestNanos = longest.toNanos();
  }

  /** The same text, as XML. */
  MeteredText withNamespaces() {
    countsNamespaces = true;
    return this;
  }

  /** Begins to measure the time. */
  void start() {
    started = System.nanoTime();
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
    }
    if (System.nanoTime() - started > longestNanos) {
      throw new IOException("takes too long");
    }
    if (at == text.length()) {
      return -1;
    }
    int end = at + Math.min(Math.min(length, PORTION), text.length() - at);
    count(end);
    text.getChars(at, end, buffer, offset);
    int read = end - at;
    at = end;
    return read;
  }

  private void count(int end) throws IOException {
    for (int i = at; i < end; i++) {
      char c = text.charAt(i);
      if (c == '<') {
        tags++;
      } else if (c == 'x' && countsNamespaces && text.startsWith(NAMESPACE, i)) {
        namespaces++;
      }
    }
    if (tags > MAX_TAGS || namespaces * tags > MAX_NAMESPACES_HELD) {
      throw new IOException("too many elements");
    }
  }

  @Override
  public void close() {}
}
