package org.touchstone.infra.contract;

import java.util.List;

/** What CPU endpoints are given where a service writes down what is said. */
public final class RecogniserSpec {
  /** The variable with the recogniser's description in JSON. */
  public static final String DESCRIPTION = "TOUCHSTONE_RECOGNISER";

  /** The variable with the start of the names of its secrets. */
  public static final String SECRETS_PREFIX = "TOUCHSTONE_RECOGNISER_SECRETS_PREFIX";

  /** For a service with a key. */
  public static final Grant SECRET =
      Grant.on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue");

  /** For Amazon Transcribe, which reads media and writes its results with the endpoint's role. */
  public static final List<Grant> TRANSCRIBE =
      List.of(
          Grant.read("transcripts/*"),
          Grant.write("transcripts/*"),
          Grant.objects(List.of("s3:DeleteObject"), "transcripts/*"),
          Grant.on(Grant.Target.ANYTHING, "transcribe:StartTranscriptionJob"),
          Grant.on(
              Grant.Target.TRANSCRIPTIONS,
              "transcribe:GetTranscriptionJob",
              "transcribe:DeleteTranscriptionJob"));

  private RecogniserSpec() {}
}
