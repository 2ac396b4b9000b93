package org.touchstone.judge.job;

import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.judge.LanguageModelJudge;
import org.touchstone.judge.chat.Chat;
import org.touchstone.judge.chat.Chats;
import org.touchstone.judge.prompt.Prompts;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.SecretSource;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.TaskCallback;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;

/**
 * The judge's parts on AWS, by environment variables.
 *
 * @param callback tells the workflow
 * @param transcripts does the jobs
 */
public record JudgeEnvironment(TaskCallback callback, TranscriptJob transcripts) {
  /** The bucket of analyses. */
  public static final String BUCKET = "TOUCHSTONE_BUCKET";

  /** The judge's description in JSON; see {@link JudgeSettings}. */
  public static final String JUDGE = "TOUCHSTONE_JUDGE";

  /**
   * The start of the names of secrets in AWS Secrets Manager; needed only for a judge with a key.
   */
  public static final String SECRETS_PREFIX = "TOUCHSTONE_JUDGE_SECRETS_PREFIX";

  /** Another endpoint of Step Functions; optional. */
  public static final String STEP_FUNCTIONS = "TOUCHSTONE_SFN_ENDPOINT";

  /** The variables, each with the setting that it is. */
  public static final SortedMap<String, String> VARIABLES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  BUCKET,
                  "touchstone.bucket",
                  JUDGE,
                  "touchstone.judge",
                  SECRETS_PREFIX,
                  "touchstone.judge.secrets-prefix",
                  STEP_FUNCTIONS,
                  "touchstone.sfn.endpoint")));

  /**
   * Reads the environment.
   *
   * @throws IllegalStateException when a variable is missing or not valid; the message names it
   */
  static JudgeEnvironment of(Map<String, String> variables) {
    JudgeSettings settings;
    try {
      settings = JudgeSettings.read(required(variables, JUDGE));
    } catch (InvalidSettingsException e) {
      throw new IllegalStateException(JUDGE + ": " + e.getMessage(), e);
    }
    String prefix = variables.get(SECRETS_PREFIX);
    if (settings.secret() != null && prefix == null) {
      throw new IllegalStateException(SECRETS_PREFIX + " is not set, and the judge has a key");
    }
    SecretSource secrets =
        prefix == null ? name -> Optional.empty() : SecretSource.inSecretsManager(prefix);
    S3ClientBuilder s3 =
        S3Client.builder()
            .overrideConfiguration(o -> o.addExecutionInterceptor(new NoExpectContinue()))
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    ObjectStore objects = new ObjectStore(s3.build(), required(variables, BUCKET));
    SfnClientBuilder stepFunctions =
        SfnClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    if (variables.get(STEP_FUNCTIONS) != null) {
      stepFunctions.endpointOverride(URI.create(variables.get(STEP_FUNCTIONS)));
    }
    return new JudgeEnvironment(
        new TaskCallback(stepFunctions.build()),
        transcripts(settings, secrets, objects, Clock.systemUTC()));
  }

  /**
   * Does jobs by a description. Its connections live as long as the process.
   *
   * @param secrets where the judge's key is
   */
  public static TranscriptJob transcripts(
      JudgeSettings settings, SecretSource secrets, ObjectStore objects, InstantSource clock) {
    Chat chat = Chats.open(settings, secrets, clock);
    return new TranscriptJob(
        settings,
        new LanguageModelJudge(settings, Prompts.bundled(settings.prompt()).orElseThrow(), chat),
        chat,
        PartnerLedger.ofJudge(objects),
        new AnalysisStore(objects),
        clock);
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }
}
