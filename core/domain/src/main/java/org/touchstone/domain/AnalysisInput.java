package org.touchstone.domain;

/**
 * The input of an analysis: either a link or an upload.
 *
 * @param url a link to a post or a file
 * @param uploadId a file sent before
 * @param fileName the uploaded file's name, for display only
 */
public record AnalysisInput(String url, String uploadId, String fileName) {
  public AnalysisInput {
    if ((url == null) == (uploadId == null)) {
      throw new IllegalArgumentException("either url or uploadId");
    }
  }

  public static AnalysisInput ofUrl(String url) {
    return new AnalysisInput(url, null, null);
  }

  public static AnalysisInput ofUpload(String uploadId, String fileName) {
    return new AnalysisInput(null, uploadId, fileName);
  }
}
