package org.touchstone.emulators.lambda;

import java.time.Instant;
import java.util.List;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.S3Location;
import org.touchstone.storage.AnalysisStore;

/** Analyses in several states, and the events that functions receive. */
public final class Events {
  /** An X-Ray trace header. */
  public static final String TRACE =
      "Root=1-6746f2a1-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1";

  /** The time at which the analyses were requested. */
  public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private static final String SHA = "ab".repeat(32);
  private static int ids;

  private Events() {}

  /** Stores a requested analysis; returns its id. */
  public static String requested(AnalysisStore analyses, AnalysisInput input) {
    String id = "%026d".formatted(++ids);
    analyses.create(new AnalysisRequest(id, "account", "key", input, JobOptions.DEFAULT, NOW));
    return id;
  }

  /** Stores an analysis whose only detector has reported; returns its id. */
  public static String reported(AnalysisStore analyses) {
    String id = requested(analyses, AnalysisInput.ofUrl("https://example.org/a.jpg"));
    MediaItem item = item();
    analyses.markResolving(id, NOW);
    analyses.saveMedia(id, new ResolvedMedia(List.of(item), List.of(job(id, null)), NOW));
    analyses.saveReports(
        new JobReports(
            id,
            item.id(),
            "image",
            Modality.IMAGE,
            List.of(
                DetectorReport.scored(
                    "metadata", "1", Category.FORENSIC, 0.99, Evidence.NONE, ReportTimings.ZERO)),
            Provenance.ABSENT,
            NOW,
            NOW));
    return id;
  }

  /** A job for one medium of the analysis. */
  public static Job job(String analysisId, String taskToken) {
    return new Job(
        taskToken, analysisId, "image", "queue", Modality.IMAGE, item(), JobOptions.DEFAULT);
  }

  private static MediaItem item() {
    return MediaItem.of(Modality.IMAGE, SHA, "image/jpeg", 10)
        .withSize(640, 480)
        .withS3(new S3Location("touchstone", "media/" + SHA))
        .withSource(new MediaSource("web", "https://example.org/a.jpg", null, null, 0));
  }

  /**
   * A request to a REST API, in the format of API Gateway's proxy integration.
   *
   * @param body a JSON text, or the word null
   * @param apiKey the text of the caller's API key
   */
  public static String apiRequest(String method, String path, String body, String apiKey) {
    return """
    {"resource": "/{proxy+}", "path": "%2$s", "httpMethod": "%1$s",
     "headers": {"Content-Type": "application/json", "Accept": "application/json",
                 "Host": "api.example.org", "x-api-key": "%4$s"},
     "multiValueHeaders": {"Content-Type": ["application/json"],
                           "Accept": ["application/json"], "Host": ["api.example.org"],
                           "x-api-key": ["%4$s"]},
     "queryStringParameters": null, "multiValueQueryStringParameters": null,
     "pathParameters": {"proxy": "%2$s"}, "stageVariables": null,
     "requestContext": {"resourcePath": "/{proxy+}", "httpMethod": "%1$s", "path": "%2$s",
                        "stage": "prod", "protocol": "HTTP/1.1", "requestId": "r",
                        "identity": {"sourceIp": "192.0.2.1", "apiKeyId": "key"}},
     "body": %3$s, "isBase64Encoded": false}
    """
        .formatted(method, path, body, apiKey);
  }

  /**
   * A callback of a voter.
   *
   * @param body a JSON text
   */
  public static String callback(String token, String body) {
    return """
    {"resource": "/v1/callbacks/{token}", "path": "/v1/callbacks/%1$s", "httpMethod": "POST",
     "headers": {"content-type": "application/json", "Host": "api.example.org"},
     "multiValueHeaders": {"content-type": ["application/json"], "Host": ["api.example.org"]},
     "queryStringParameters": null, "multiValueQueryStringParameters": null,
     "pathParameters": {"token": "%1$s"}, "stageVariables": null,
     "requestContext": {"resourcePath": "/v1/callbacks/{token}", "httpMethod": "POST",
                        "stage": "prod", "protocol": "HTTP/1.1", "requestId": "r",
                        "identity": {"sourceIp": "192.0.2.1"}},
     "body": %2$s, "isBase64Encoded": false}
    """
        .formatted(token, body);
  }

  /** Messages of a queue, in the format of an event source mapping. */
  public static String messages(String... bodies) {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < bodies.length; i++) {
      records
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"messageId": "m%d", "receiptHandle": "h", "body": %s, "attributes": {},
               "messageAttributes": {}, "md5OfBody": "", "eventSource": "aws:sqs",
               "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:dead", "awsRegion": "us-east-1"}
              """
                  .formatted(i, bodies[i]));
    }
    return "{\"Records\": [" + records + "]}";
  }
}
