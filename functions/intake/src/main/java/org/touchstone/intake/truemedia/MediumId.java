package org.touchstone.intake.truemedia;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.storage.Ids;

/**
 * The id of a medium in this layer. It names the analysis that resolved the medium, because
 * permission follows the analysis: anybody who has the file can compute the medium's own id.
 *
 * @param analysisId the analysis that resolved it
 * @param mediaId the medium's id
 */
record MediumId(String analysisId, String mediaId) {
  private static final Pattern FORM =
      Pattern.compile("(?<analysis>[0-9a-z]{26})_(?<medium>[0-9a-f]{32})");

  static Optional<MediumId> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(text);
    return parts.matches() && Ids.isAnalysisId(parts.group("analysis"))
        ? Optional.of(new MediumId(parts.group("analysis"), parts.group("medium")))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return analysisId + "_" + mediaId;
  }
}
