package org.touchstone.mentions.analysis;

import java.net.URI;
import java.util.Optional;

/** A service that analyses the media of a post. It may be used by many threads at once. */
public interface AnalysisService extends AutoCloseable {
  /**
   * Asks for an analysis of all media of a post.
   *
   * @param link the post's web address
   * @param key asking again with the same key gives the same analysis, where the service can tell
   * @return the analysis' id, 1 to 2,000 characters
   * @throws AnalysisException when it does not accept the post, or cannot be asked now
   */
  String start(String link, String key) throws AnalysisException;

  /**
   * How far an analysis is.
   *
   * @throws AnalysisException when it does not know the analysis, or cannot be asked now
   */
  AnalysisResult result(String id) throws AnalysisException;

  /**
   * Shares the result of an analysis that is complete, so that everybody with the link sees it.
   *
   * @return the address of a page for people; empty when the service shares nothing
   */
  Optional<URI> share(String id) throws AnalysisException;

  @Override
  void close();
}
