package org.touchstone.client.model;

/**
 * The body of a request for an analysis: of a link or of an upload.
 *
 * @param url a link to a post or a file; surrounding text and a missing scheme are accepted
 * @param uploadId id of an upload, instead of a link
 * @param fileName the uploaded file's name, for display
 * @param options how; null for the defaults
 * @param callbackUrl where its end is announced, once; null for nowhere
 * @param retention how long it is kept; null for as long as others
 */
public record NewAnalysis(
    String url,
    String uploadId,
    String fileName,
    Options options,
    String callbackUrl,
    Retention retention) {
  /** Asks for an analysis of a link. */
  public static NewAnalysis ofUrl(String url) {
    return new NewAnalysis(url, null, null, null, null, null);
  }

  /**
   * Asks for an analysis of an upload.
   *
   * @param fileName for display; may be null
   */
  public static NewAnalysis ofUpload(String uploadId, String fileName) {
    return new NewAnalysis(null, uploadId, fileName, null, null, null);
  }

  public NewAnalysis with(Options options) {
    return new NewAnalysis(url, uploadId, fileName, options, callbackUrl, retention);
  }

  public NewAnalysis withCallbackUrl(String callbackUrl) {
    return new NewAnalysis(url, uploadId, fileName, options, callbackUrl, retention);
  }

  public NewAnalysis with(Retention retention) {
    return new NewAnalysis(url, uploadId, fileName, options, callbackUrl, retention);
  }
}
