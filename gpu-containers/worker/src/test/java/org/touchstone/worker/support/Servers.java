package org.touchstone.worker.support;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.aws.EmbeddedSqs;

/** One S3 and one SQS server for all tests. Each test gets its own bucket and queue. */
public final class Servers implements AutoCloseable {
  /** The key that the clients of these tests sign with. */
  public static final AccessKey KEY = new AccessKey("test", "test");

  private final EmbeddedS3 s3 = EmbeddedS3.inMemory(AccessKeys.of(KEY));
  private final EmbeddedSqs sqs = EmbeddedSqs.start(0, AccessKeys.of(KEY));

  public EmbeddedS3 s3() {
    return s3;
  }

  public EmbeddedSqs sqs() {
    return sqs;
  }

  public String newBucket() {
    String bucket = "bucket-" + UUID.randomUUID();
    s3.createBucket(bucket);
    return bucket;
  }

  public EmbeddedSqs.QueuePair newQueue(Duration visibility, int maxReceives) {
    return sqs.createQueue("queue-" + UUID.randomUUID(), visibility, maxReceives);
  }

  @Override
  public void close() {
    sqs.close();
    s3.close();
  }

  /** Gives tests the servers, started before the first of them and stopped after the last. */
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Servers.class))
          .getOrComputeIfAbsent(Servers.class);
    }
  }
}
