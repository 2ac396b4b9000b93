package org.touchstone.intake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.touchstone.emulators.aws.EmbeddedS3;

/** An S3 server and a stand-in for Step Functions for the application under test. */
public class Aws implements QuarkusTestResourceLifecycleManager {
  private EmbeddedS3 s3;
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
    config.put("touchstone.public-url", "https://api.example.org/live/");
    config.put("quarkus.s3.endpoint-override", s3.endpoint().toString());
    config.put("quarkus.s3.path-style-access", "true");
    config.put("quarkus.s3.aws.region", EmbeddedS3.REGION.id());
    config.put("quarkus.s3.aws.credentials.type", "static");
    config.put(
        "quarkus.s3.aws.credentials.static-provider.access-key-id", s3.credentials().accessKeyId());
    config.put(
        "quarkus.s3.aws.credentials.static-provider.secret-access-key",
        s3.credentials().secretAccessKey());
    // The Step Functions client takes the SDK's default credentials.
    System.setProperty("aws.accessKeyId", "intake");
    System.setProperty("aws.secretAccessKey", "intake");
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(stepFunctions, new TestInjector.MatchesType(StubStepFunctions.class));
  }

  @Override
  public void stop() {
    stepFunctions.close();
    s3.close();
  }
}
