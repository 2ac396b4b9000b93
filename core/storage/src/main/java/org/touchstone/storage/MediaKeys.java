package org.touchstone.storage;

import org.touchstone.domain.Compute;

/** Keys of media, of the reports and evidence on them, and of the references that keep them. */
final class MediaKeys {
  private MediaKeys() {}

  /** The analyses that refer to a medium. */
  static String references(String sha256) {
    return "references/" + Keys.sha256(sha256) + "/";
  }

  /** An empty object that says that an analysis uses a medium. */
  static String reference(String sha256, String accountId, String id) {
    return references(sha256) + Keys.accountId(accountId) + "/" + Keys.analysisId(id);
  }

  /** The media that an analysis refers to. */
  static String analysisReferences(String id) {
    return Keys.analysis(id) + "references/";
  }

  static String analysisReference(String id, String sha256) {
    return analysisReferences(id) + Keys.sha256(sha256);
  }

  /** Says that somebody is about to delete a medium. */
  static String condemned(String sha256) {
    return "condemned/" + Keys.sha256(sha256) + ".json";
  }

  static String media(String sha256) {
    return "media/" + Keys.sha256(sha256);
  }

  /** The temporary key of a medium until its hash is known. */
  static String incoming(String id) {
    return "incoming/" + Keys.checked(id, Ids.ID, "id");
  }

  /**
   * The key of a cached report. Those of GPUs have the key of all reports of earlier versions,
   * which no model version can make into that of a CPU's: it has no {@code @}.
   */
  static String cachedReport(
      String sha256, String track, String detector, String modelVersion, Compute compute) {
    return cached(sha256, track, detector, modelVersion, compute, ".json");
  }

  private static String cached(
      String sha256,
      String track,
      String detector,
      String modelVersion,
      Compute compute,
      String ending) {
    return "reports/%s/%s/%s/%s%s%s"
        .formatted(
            Keys.sha256(sha256),
            track,
            Keys.checked(detector, Keys.NAME, "detector name"),
            Keys.checked(modelVersion, Keys.MODEL_VERSION, "model version"),
            compute == Compute.GPU ? "" : "@" + compute.code(),
            ending);
  }

  /** What is kept of a medium for later analyses of the same bytes. */
  static String cachedReports(String sha256) {
    return "reports/" + Keys.sha256(sha256) + "/";
  }

  /** The key of a cached provenance, beside the cached reports of its medium. */
  static String cachedProvenance(String sha256, String rulesVersion) {
    return "reports/%s/provenance/%s.json"
        .formatted(
            Keys.sha256(sha256), Keys.checked(rulesVersion, Keys.MODEL_VERSION, "rules version"));
  }

  /** The key of cached evidence, beside its cached report. */
  static String cachedEvidence(
      String sha256,
      String track,
      String detector,
      String modelVersion,
      Compute compute,
      String ending) {
    return cached(sha256, track, detector, modelVersion, compute, ending);
  }

  static boolean isCachedEvidence(String key, String ending) {
    return key.startsWith("reports/") && key.endsWith(ending);
  }

  static String evidence(String id, String mediaId, String track, String detector, String ending) {
    return Keys.analysis(id)
        + "evidence/"
        + Keys.checked(mediaId, Keys.MEDIA_ID, "media id")
        + "/"
        + track
        + "-"
        + Keys.checked(detector, Keys.NAME, "detector name")
        + ending;
  }

  /** The key of the cached peaks of a sound, beside the reports on it. */
  static String cachedWaveform(String sha256) {
    return "reports/" + Keys.sha256(sha256) + "/waveform.json";
  }

  /** Whether a key is that of evidence in this analysis. */
  static boolean isEvidence(String key, String id) {
    return key.startsWith(Keys.analysis(id) + "evidence/");
  }

  static String waveform(String id, String mediaId) {
    return Keys.analysis(id)
        + "evidence/"
        + Keys.checked(mediaId, Keys.MEDIA_ID, "media id")
        + "/waveform.json";
  }
}
