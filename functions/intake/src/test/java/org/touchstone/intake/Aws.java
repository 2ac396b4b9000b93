package org.touchstone.intake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.aws.EmbeddedSqs;

/** An S3 server and a stand-in for Step Functions for the application under test. */
public class Aws implements QuarkusTestResourceLifecycleManager {
  private static final String CALLER = "intake";

  private EmbeddedS3 s3;
  private EmbeddedSqs sqs;
  private StubStepFunctions stepFunctions;

  @Override
  public Map<String, String> start() {
    try {
      stepFunctions = new StubStepFunctions();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    s3 = EmbeddedS3.inMemory();
    s3.createBucket("intake");
    Map<String, String> config = new HashMap<>();
    config.put("touchstone.bucket", "intake");
    config.put("touchstone.region", EmbeddedS3.REGION.id());
    config.put("touchstone.sfn.endpoint", stepFunctions.endpoint().toString());
    config.put("touchstone.state-machine-arn", "arn:aws:states:us-east-1:0:stateMachine:analysis");
    config.put("touchstone.upload.max-bytes", "1000");
    sqs = EmbeddedSqs.start(0, AccessKeys.of(new AccessKey(CALLER, CALLER)));
    config.put(
        "touchstone.queues.batches", sqs.createQueue("batches", Duration.ofMinutes(1), 3).url());
    config.put("quarkus.s3.endpoint-override", s3.endpoint().toString());
    config.put("quarkus.s3.path-style-access", "true");
    config.put("quarkus.s3.aws.region", EmbeddedS3.REGION.id());
    config.put("quarkus.s3.aws.credentials.type", "static");
    config.put(
        "quarkus.s3.aws.credentials.static-provider.access-key-id", s3.credentials().accessKeyId());
    config.put(
        "quarkus.s3.aws.credentials.static-provider.secret-access-key",
        s3.credentials().secretAccessKey());
    // The clients of Step Functions and SQS take the SDK's defaults.
    System.setProperty("aws.accessKeyId", CALLER);
    System.setProperty("aws.secretAccessKey", CALLER);
    System.setProperty("aws.region", EmbeddedSqs.REGION.id());
    System.setProperty("aws.endpointUrlSqs", sqs.endpoint().toString());
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(stepFunctions, new TestInjector.MatchesType(StubStepFunctions.class));
  }

  @Override
  public void stop() {
    stepFunctions.close();
    sqs.close();
    s3.close();
  }
}
