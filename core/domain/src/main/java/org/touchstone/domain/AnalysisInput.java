package org.touchstone.domain;

/**
 * The input of an analysis: either a link or an upload.
 *
 * @param url a link to a post or a file
 * @param uploadId a file sent before
 * @param fileName the uploaded file's name, for display only
 * @param medium the one medium of another analysis of this link that is meant, so that the link is
 *     not followed again; absent for all media at the link
 */
public record AnalysisInput(String url, String uploadId, String fileName, ChosenMedium medium) {
  public AnalysisInput {
    if ((url == null) == (uploadId == null)) {
      throw new IllegalArgumentException("either url or uploadId");
    }
  }

  /** An input whose media are all meant. */
  public AnalysisInput(String url, String uploadId, String fileName) {
    this(url, uploadId, fileName, null);
  }

  /**
   * A medium that another analysis of the same account has resolved.
   *
   * @param analysisId that analysis
   * @param mediaId the medium
   */
  public record ChosenMedium(String analysisId, String mediaId) {}

  public static AnalysisInput ofUrl(String url) {
    return new AnalysisInput(url, null, null);
  }

  public static AnalysisInput ofUpload(String uploadId, String fileName) {
    return new AnalysisInput(null, uploadId, fileName);
  }
}
