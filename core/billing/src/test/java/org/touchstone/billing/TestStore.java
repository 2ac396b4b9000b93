package org.touchstone.billing;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server for a test class, with a new bucket for every test, and bad ways to reach it. */
final class TestStore implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private EmbeddedS3 server;
  private S3Client client;
  private int tests;

  /** The process ends here. Not an exception: nobody tidies up after it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server = EmbeddedS3.inMemory();
    client = server.client();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    tests++;
    server.createBucket(name());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    client.close();
    server.close();
  }

  private String name() {
    return "bucket-" + tests;
  }

  ObjectStore objects() {
    return new ObjectStore(client, name());
  }

  /**
   * A store whose process is killed.
   *
   * @param after how many requests before; the next one is done, and its answer is not seen
   */
  ObjectStore killedAfter(int after) {
    AtomicInteger left = new AtomicInteger(after);
    return over(
        real -> {
          if (left.get() < 0) {
            throw new Killed();
          }
          HttpExecuteResponse answer = real.call();
          if (left.getAndDecrement() <= 0) {
            throw new Killed();
          }
          return answer;
        });
  }

  /**
   * A store as slow as S3, with connections that fail.
   *
   * @param leastMillis the shortest time of a request
   * @param mostMillis the longest
   * @param lostPercent of how many requests the answer is lost; the client tries them again
   */
  ObjectStore slow(int leastMillis, int mostMillis, int lostPercent) {
    return over(
        real -> {
          ThreadLocalRandom random = ThreadLocalRandom.current();
          int millis = random.nextInt(leastMillis, mostMillis + 1);
          int before = random.nextInt(millis + 1);
          sleep(before);
          HttpExecuteResponse answer = real.call();
          sleep(millis - before);
          if (random.nextInt(100) < lostPercent) {
            throw new IOException("connection reset");
          }
          return answer;
        });
  }

  private interface Way {
    HttpExecuteResponse call(ExecutableHttpRequest real) throws IOException;
  }

  private ObjectStore over(Way way) {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    S3Client bad =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(EmbeddedS3.REGION)
            .credentialsProvider(StaticCredentialsProvider.create(server.credentials()))
            .forcePathStyle(true)
            .httpClient(
                new SdkHttpClient() {
                  @Override
                  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                    ExecutableHttpRequest real = http.prepareRequest(request);
                    return new ExecutableHttpRequest() {
                      @Override
                      public HttpExecuteResponse call() throws IOException {
                        return way.call(real);
                      }

                      @Override
                      public void abort() {
                        real.abort();
                      }
                    };
                  }

                  @Override
                  public void close() {
                    http.close();
                  }
                })
            .overrideConfiguration(c -> c.addExecutionInterceptor(new NoExpectContinue()))
            .build();
    return new ObjectStore(bad, name());
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
