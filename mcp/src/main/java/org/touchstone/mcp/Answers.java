package org.touchstone.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Objects;
import org.touchstone.client.ApiException;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.AnalysisStatus;
import org.touchstone.client.model.DecidedMedium;
import org.touchstone.client.model.Detector;
import org.touchstone.client.model.Evidence;
import org.touchstone.client.model.Figures;
import org.touchstone.client.model.Finding;
import org.touchstone.client.model.LevelOverride;
import org.touchstone.client.model.MediaProvenance;
import org.touchstone.client.model.MediaSource;
import org.touchstone.client.model.MediaVerdict;
import org.touchstone.client.model.Medium;
import org.touchstone.client.model.PostContext;
import org.touchstone.client.model.Problem;
import org.touchstone.client.model.Report;
import org.touchstone.client.model.Verdict;
import org.touchstone.client.model.VerdictReason;
import org.touchstone.client.model.Vote;

/**
 * Answers of tools: first what Touchstone says, in numbers and stable codes; then, apart, what
 * strangers say.
 */
final class Answers {
  private Answers() {}

  /** An analysis as it stands. */
  static CallToolResult analysis(Analysis analysis) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    UntrustedText untrusted = new UntrustedText();
    said.put("id", analysis.id()).put("status", code(analysis.status()));
    if (analysis.input() != null) {
      untrusted.add("the link that was analysed", analysis.input().url());
      untrusted.add("name of the file", analysis.input().fileName());
    }
    if (analysis.verdict() != null) {
      verdict(said.putObject("verdict"), analysis.verdict(), untrusted);
    } else if (analysis.preliminary() != null && analysis.preliminary().verdict() != null) {
      verdict(said.putObject("preliminaryVerdict"), analysis.preliminary().verdict(), untrusted);
    }
    if (analysis.override() != null) {
      override(said.putObject("override"), analysis.override(), untrusted);
    }
    if (analysis.error() != null) {
      error(said.putObject("error"), analysis.error(), untrusted);
    }
    ArrayNode media = said.putArray("media");
    analysis.media().forEach(medium -> medium(media.addObject(), medium, untrusted));
    ArrayNode reports = said.putArray("reports");
    analysis.reports().forEach(report -> report(reports.addObject(), report, untrusted));
    ArrayNode provenance = said.putArray("provenance");
    analysis.provenance().forEach(each -> provenance(provenance.addObject(), each, untrusted));
    if (!analysis.missing().isEmpty()) {
      said.put("missingMedia", analysis.missing().size());
    }
    if (!hasEnded(analysis)) {
      said.put("next", "It has not ended. Call get_analysis with this id.");
    }
    return result(said, untrusted, false);
  }

  static boolean hasEnded(Analysis analysis) {
    return analysis.status() == AnalysisStatus.COMPLETE
        || analysis.status() == AnalysisStatus.FAILED;
  }

  /** Detectors with their figures. */
  static CallToolResult detectors(List<Detector> detectors) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    ArrayNode list = said.putArray("detectors");
    for (Detector detector : detectors) {
      ObjectNode entry = list.addObject();
      entry.put("name", detector.name()).put("category", code(detector.category()));
      detector.tracks().forEach(track -> entry.withArray("/tracks").add(code(track)));
      entry.put("looksAt", detector.looksAt()).put("modelVersion", detector.modelVersion());
      entry.put("installed", detector.installed()).put("detail", detector.detail());
      entry.put("otherOrganisation", detector.thirdParty()).put("licence", detector.licence());
      for (Figures figures : detector.figures()) {
        entry
            .withArray("/countedErrors")
            .addObject()
            .put("media", figures.row())
            .put("falseAlarms", figures.falseAlarms())
            .put("authentic", figures.authentic())
            .put("hits", figures.hits())
            .put("fakes", figures.fakes())
            .put("source", figures.source());
      }
    }
    return result(said, new UntrustedText(), false);
  }

  /** What was asked for is not there yet. */
  static CallToolResult later(String id, String status) {
    ObjectNode said =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("status", status)
            .put("next", "It has not ended. Call get_analysis with this id.");
    return result(said, new UntrustedText(), false);
  }

  /** An error of the API, with the codes that the API gives. */
  static CallToolResult problem(ApiException e) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    ObjectNode error = said.putObject("error");
    error.put("type", e.type()).put("status", e.status());
    if (!e.code().isEmpty()) {
      error.put("code", e.code());
    }
    e.retryAfter().ifPresent(after -> error.put("retryAfterSeconds", after.toSeconds()));
    // It may repeat a part of the request, and a request a part of a page.
    UntrustedText untrusted =
        new UntrustedText()
            .add("title of the error", e.problem().title())
            .add("detail of the error", e.problem().detail());
    return result(said, untrusted, true);
  }

  /**
   * An error of this machine or of the call.
   *
   * @param code stable, such as {@code request.invalid}
   * @param detail Touchstone's own sentence
   */
  static CallToolResult error(String code, String detail) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    said.putObject("error").put("code", code).put("detail", detail);
    return result(said, new UntrustedText(), true);
  }

  static CallToolResult result(ObjectNode said, UntrustedText untrusted, boolean isError) {
    withoutNulls(said);
    CallToolResult.Builder result =
        CallToolResult.builder()
            .isError(isError)
            .addTextContent(UntrustedText.ascii(said.toString()));
    if (!untrusted.isEmpty()) {
      result.addTextContent(untrusted.marked());
    }
    return result.build();
  }

  private static void withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
    }
    node.forEach(Answers::withoutNulls);
  }

  private static void verdict(ObjectNode to, Verdict verdict, UntrustedText untrusted) {
    to.put("level", code(verdict.level())).put("confidence", verdict.confidence());
    to.put("policyVersion", verdict.policyVersion());
    reasons(to.putArray("reasons"), verdict.reasons());
    ArrayNode votes = to.putArray("votes");
    for (Vote vote : verdict.votes()) {
      votes
          .addObject()
          .put("mediaId", vote.mediaId())
          .put("detector", vote.detector())
          .put("track", code(vote.track()))
          .put("score", vote.score())
          .put("weight", vote.weight())
          .put("vote", code(vote.vote()));
      untrusted.add("why " + vote.detector() + " votes so on " + vote.mediaId(), vote.why());
    }
    ArrayNode perMedia = to.putArray("perMedia");
    for (MediaVerdict medium : verdict.perMedia()) {
      ObjectNode entry = perMedia.addObject();
      entry.put("mediaId", medium.mediaId()).put("level", code(medium.level()));
      entry.put("confidence", medium.confidence());
      reasons(entry.putArray("reasons"), medium.reasons());
    }
  }

  /** What people decided, which holds whatever the detectors say. */
  private static void override(ObjectNode to, LevelOverride override, UntrustedText untrusted) {
    to.put("level", code(override.level()));
    ArrayNode media = to.putArray("media");
    for (DecidedMedium medium : override.media()) {
      media
          .addObject()
          .put("mediaId", medium.mediaId())
          .put("level", code(medium.level()))
          .put("by", code(medium.by()))
          .put("holder", code(medium.holder()));
      untrusted.add("note on the decision about " + medium.mediaId(), medium.note());
    }
  }

  private static void reasons(ArrayNode to, List<VerdictReason> reasons) {
    reasons.forEach(reason -> to.addObject().put("code", reason.code()).put("text", reason.text()));
  }

  private static void error(ObjectNode to, Problem problem, UntrustedText untrusted) {
    to.put("type", problem.type());
    if (problem.retryAfterSeconds() != null) {
      to.put("retryAfterSeconds", problem.retryAfterSeconds());
    }
    untrusted.add("detail of the error", problem.detail());
  }

  private static void medium(ObjectNode to, Medium medium, UntrustedText untrusted) {
    to.put("id", medium.id()).put("modality", code(medium.modality()));
    to.put("mimeType", medium.mimeType()).put("bytes", medium.bytes());
    to.put("width", medium.width()).put("height", medium.height());
    to.put("durationSeconds", medium.durationSeconds());
    MediaSource source = medium.source();
    if (source == null) {
      return;
    }
    to.put("platform", source.platform());
    to.put("postedAt", Objects.toString(source.postedAt(), null));
    untrusted.add("address of the post", source.postUrl());
    untrusted.add("author of the post", source.author());
    PostContext context = source.context();
    if (context != null) {
      untrusted.add("text of the post", context.text());
      untrusted.add("the author's description of " + medium.id(), context.altText());
      context.communityNotes().forEach(note -> untrusted.add("a reader's note", note));
    }
  }

  private static void report(ObjectNode to, Report report, UntrustedText untrusted) {
    to.put("mediaId", report.mediaId()).put("detector", report.detector());
    to.put("modelVersion", report.modelVersion()).put("track", code(report.track()));
    to.put("status", code(report.status())).put("score", report.score());
    to.put("reason", code(report.reason()));
    untrusted.add(report.detector() + " adds", report.detail());
    Evidence evidence = report.evidence();
    if (evidence != null) {
      untrusted.add("what is said in " + report.mediaId(), evidence.transcript());
      untrusted.add(report.detector() + "'s reasoning", evidence.rationale());
      untrusted.add("generator that " + report.detector() + " names", evidence.generator());
      for (Finding finding : evidence.findings()) {
        untrusted.add(
            "found by " + report.detector() + " in the file",
            finding.source() + " " + finding.name() + ": " + finding.value());
      }
    }
  }

  private static void provenance(
      ObjectNode to, MediaProvenance provenance, UntrustedText untrusted) {
    to.put("mediaId", provenance.mediaId()).put("state", code(provenance.state()));
    untrusted.add("signer of the content credentials", provenance.signer());
    untrusted.add("generator that the file names", provenance.generator());
    untrusted.add("source type that the file names", provenance.digitalSourceType());
    provenance.claims().forEach(claim -> untrusted.add("the file's claim", claim));
  }

  /** The API's word for a value. */
  private static String code(Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
