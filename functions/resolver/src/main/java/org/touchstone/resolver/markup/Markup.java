package org.touchstone.resolver.markup;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * Parses documents that may have been made to harm. The time that the parser needs is quadratic in
 * the length of some documents (such as many elements that do not belong into a table), and it
 * repeats open elements as often as a document asks for. It cannot be interrupted, so it gets its
 * input in small portions, and the supply ends with an error when a bound is exceeded or the thread
 * is interrupted.
 */
public final class Markup {
  /** Far longer than any page needs, for machines that are busy with other work. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Several times as deep as people's pages; browsers stop at 512. */
  private static final int MAX_DEPTH = 1_000;

  /** Elements and attributes, of which the largest platforms' pages have fifty thousand. */
  private static final int MAX_PARTS = 1_500_000;

  /** Documents parsed at once: each may need more than a hundred megabytes. */
  private static final Semaphore PLACES = new Semaphore(4, true);

  private Markup() {}

  /**
   * Parses a web page; any text is one.
   *
   * @param base the page's address
   * @throws MarkupException when it exceeds a bound, or the thread is interrupted
   */
  public static Document html(String text, String base) throws MarkupException {
    return html(text, base, LONGEST);
  }

  static Document html(String text, String base, Duration longest) throws MarkupException {
    return parse(Parser.htmlParser(), new MeteredText(text, longest), base);
  }

  /**
   * Parses an XML document. Neither document types nor custom entities are supported, so nothing is
   * fetched or expanded.
   *
   * @throws MarkupException as {@link #html}
   */
  public static Document xml(String text) throws MarkupException {
    return parse(Parser.xmlParser(), new MeteredText(text, LONGEST).withNamespaces(), "");
  }

  private static Document parse(Parser parser, MeteredText text, String base)
      throws MarkupException {
    try {
      PLACES.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MarkupException("interrupted while waiting");
    }
    text.start();
    try (StreamParser parts = new StreamParser(parser).parse(text, base)) {
      Document document = parts.document();
      requireFew(parts.iterator());
      requireShallow(document);
      return document;
    } catch (UncheckedIOException e) {
      throw new MarkupException(e.getCause().getMessage());
    } finally {
      PLACES.release();
    }
  }

  /** Runs the parser to the end. */
  private static void requireFew(Iterator<Element> elements) throws MarkupException {
    long found = 0;
    while (elements.hasNext()) {
      found += 1 + elements.next().attributesSize();
      if (found > MAX_PARTS) {
        throw new MarkupException("too many elements");
      }
    }
  }

  /** Queries look at what surrounds an element, so depth costs time at each of them. */
  private static void requireShallow(Document document) throws MarkupException {
    NodeFilter.FilterResult end =
        NodeTraversor.filter(
            (Node node, int depth) ->
                depth > MAX_DEPTH ? NodeFilter.FilterResult.STOP : NodeFilter.FilterResult.CONTINUE,
            document);
    if (end == NodeFilter.FilterResult.STOP) {
      throw new MarkupException("nested too deeply");
    }
  }
}
