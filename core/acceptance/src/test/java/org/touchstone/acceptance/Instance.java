package org.touchstone.acceptance;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.billing.CapCounter;
import org.touchstone.billing.CapStore;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceStore;
import org.touchstone.billing.ReservationSweep;
import org.touchstone.billing.Spending;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.Leases;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.UploadStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/** One instance of what accepts analyses, with an S3 client of its own that can be killed. */
final class Instance {
  /** Started executions, of all instances. */
  static final List<String> STARTED = new CopyOnWriteArrayList<>();

  final AnalysisStore analyses;
  final Spending spending;
  final ReservationSweep sweep;
  final Acceptance acceptance;

  /** The process ends here. Not an exception: nobody tidies up after it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /**
   * @param requests after how many requests to S3 it is killed; the next one is still done
   * @param startable whether Step Functions answers
   */
  Instance(EmbeddedS3 server, String bucket, InstantSource clock, int requests, boolean startable) {
    ObjectStore objects = new ObjectStore(client(server, requests), bucket);
    analyses = new AnalysisStore(objects);
    CapCounter counter = new CapCounter(objects, clock);
    EventQueue events =
        new EventQueue(
            () -> {
              throw new IllegalStateException("there is no queue");
            },
            Optional.empty());
    spending =
        new Spending(
            objects,
            new PriceStore(objects, clock),
            new CapStore(objects, clock),
            counter,
            new Ledger(objects),
            events,
            clock);
    sweep = new ReservationSweep(objects, counter, spending, analyses, clock, new Random(1));
    acceptance =
        new Acceptance(
            analyses,
            spending,
            new Leases(objects, clock),
            new UploadStore(objects, server.presigner(), 1000),
            new AccountStore(objects),
            stepFunctions(startable),
            "arn",
            clock,
            new Random(),
            new Metrics("Touchstone", clock, line -> {}));
  }

  private static SfnClient stepFunctions(boolean startable) {
    return new SfnClient() {
      @Override
      public StartExecutionResponse startExecution(StartExecutionRequest request) {
        if (!startable) {
          throw SdkClientException.create("no connection");
        }
        STARTED.add(request.name());
        return StartExecutionResponse.builder().build();
      }

      @Override
      public String serviceName() {
        return "sfn";
      }

      @Override
      public void close() {}
    };
  }

  private static S3Client client(EmbeddedS3 server, int requests) {
    AtomicInteger left = new AtomicInteger(requests);
    SdkHttpClient http = UrlConnectionHttpClient.create();
    return S3Client.builder()
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
                    if (left.get() < 0) {
                      throw new Killed();
                    }
                    HttpExecuteResponse answer = real.call();
                    if (left.getAndDecrement() <= 0) {
                      throw new Killed();
                    }
                    return answer;
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
  }
}
