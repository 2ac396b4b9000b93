package org.touchstone.client.model;

import java.util.List;

/**
 * Some of an account's analyses, newest first.
 *
 * @param items the analyses
 * @param nextCursor where the next page starts; absent on the last page
 */
public record AnalysisPage(List<AnalysisSummary> items, String nextCursor) {
  public AnalysisPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
