package org.touchstone.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.storage.Ids;

/** The parsed content of a queue message. */
sealed interface JobMessage {

  /** A job with a task token. */
  record Valid(Job job) implements JobMessage {}

  /** Not a valid job, but its task token is known, so the waiting task can be told. */
  record Invalid(String taskToken, String problem) implements JobMessage {}

  /** Not a job, and without a task token, so nobody can be told. */
  record Unreadable() implements JobMessage {}

  static JobMessage parse(String body) {
    JsonNode json;
    try {
      json = Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return new Unreadable();
    }
    String token = json.path("taskToken").asText("");
    if (token.isBlank()) {
      return new Unreadable();
    }
    try {
      Job job = Json.mapper().treeToValue(json, Job.class);
      String problem = problemOf(job);
      return problem == null ? new Valid(job) : new Invalid(token, problem);
    } catch (JsonProcessingException e) {
      return new Invalid(token, "The message is not a job.");
    }
  }

  private static String problemOf(Job job) {
    MediaItem media = job.media();
    if (!Ids.isAnalysisId(job.analysisId())) {
      return "The analysis id is not valid.";
    }
    if (!Ids.isName(job.endpoint())) {
      return "The endpoint's name is not valid.";
    }
    if (job.detectors() != null && !job.detectors().stream().allMatch(Ids::isName)) {
      return "A detector's name is not valid.";
    }
    if (!Ids.isSha256(media.sha256()) || !media.id().equals(MediaItem.idOf(media.sha256()))) {
      return "The medium's id is not valid.";
    }
    return media.s3() == null ? "The medium has no location." : null;
  }
}
