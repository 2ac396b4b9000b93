package org.touchstone.storage;

/**
 * The analysis that refers to a medium.
 *
 * @param accountId the account that owns the analysis
 * @param analysisId the analysis
 */
public record MediaOwner(String accountId, String analysisId) {
  public MediaOwner {
    Keys.accountId(accountId);
    Keys.analysisId(analysisId);
  }
}
