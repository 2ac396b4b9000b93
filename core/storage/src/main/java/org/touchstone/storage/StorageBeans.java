package org.touchstone.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The stores as beans. Configuration: {@code touchstone.bucket}; {@code touchstone.voting.policy},
 * the version of the voting policy, see {@link Policies}. The application brings {@link S3Client}
 * and {@link S3Presigner}; a client over URL connections should have {@link NoExpectContinue} among
 * its interceptors.
 */
@ApplicationScoped
public class StorageBeans {
  private static final String DEFAULT_MAX_UPLOAD_BYTES = "1073741824";

  @Produces
  @Singleton
  ObjectStore objects(S3Client s3, @ConfigProperty(name = "touchstone.bucket") String bucket) {
    return new ObjectStore(s3, bucket);
  }

  @Produces
  @Singleton
  AnalysisStore analyses(ObjectStore objects) {
    return new AnalysisStore(objects);
  }

  @Produces
  @Singleton
  MediaStore media(ObjectStore objects, S3Client s3, S3Presigner presigner) {
    return new MediaStore(objects, s3, presigner);
  }

  @Produces
  @Singleton
  UploadStore uploads(
      ObjectStore objects,
      S3Presigner presigner,
      @ConfigProperty(name = "touchstone.upload.max-bytes", defaultValue = DEFAULT_MAX_UPLOAD_BYTES)
          long maxBytes) {
    return new UploadStore(objects, presigner, maxBytes);
  }

  @Produces
  @Singleton
  ReportCache reportCache(ObjectStore objects) {
    return new ReportCache(objects);
  }

  @Produces
  @Singleton
  AccountStore accounts(ObjectStore objects) {
    return new AccountStore(objects);
  }

  @Produces
  @Singleton
  KeyStore apiKeys(ObjectStore objects) {
    return new KeyStore(objects, new SecureRandom());
  }

  @Produces
  @Singleton
  AuditLog auditLog(ObjectStore objects) {
    return new AuditLog(objects);
  }

  @Produces
  @Singleton
  LabelStore labels(ObjectStore objects) {
    return new LabelStore(objects);
  }

  @Produces
  @Singleton
  SourceStore verifiedSources(ObjectStore objects) {
    return new SourceStore(objects);
  }

  @Produces
  @Singleton
  PeoplesDecisions peoplesDecisions(ObjectStore objects, AnalysisStore analyses) {
    return new PeoplesDecisions(objects, analyses);
  }

  @Produces
  @Singleton
  PartnerLedger partnerLedger(ObjectStore objects) {
    return new PartnerLedger(objects);
  }

  @Produces
  @Singleton
  CallbackStore callbackStore(ObjectStore objects) {
    return new CallbackStore(objects);
  }

  @Produces
  @Singleton
  WebhookStore webhooks(ObjectStore objects) {
    return new WebhookStore(objects, new SecureRandom());
  }

  @Produces
  @Singleton
  DeliveryStore deliveries(ObjectStore objects) {
    return new DeliveryStore(objects);
  }

  @Produces
  @Singleton
  TrustStore trust(ObjectStore objects) {
    return new TrustStore(objects);
  }

  @Produces
  @Singleton
  PolicyStore policies(ObjectStore objects) {
    return new PolicyStore(objects);
  }

  @Produces
  @Singleton
  Policies policyInForce(
      PolicyStore store,
      @ConfigProperty(name = "touchstone.voting.policy") Optional<String> version) {
    return new Policies(store, version.orElse(null));
  }

  @Produces
  @Singleton
  RosterStore roster(ObjectStore objects) {
    return new RosterStore(objects);
  }

  /**
   * The queue of events; its client is made when the first event is sent.
   *
   * @param url {@code touchstone.queues.events}; without it, nobody is told of events
   */
  @Produces
  @Singleton
  EventQueue events(@ConfigProperty(name = "touchstone.queues.events") Optional<String> url) {
    return new EventQueue(sqs(), url);
  }

  /**
   * The queue of batches; its client is made when the first message is sent.
   *
   * @param url {@code touchstone.queues.batches}
   */
  @Produces
  @Singleton
  BatchQueue batchQueue(@ConfigProperty(name = "touchstone.queues.batches") Optional<String> url) {
    return new BatchQueue(sqs(), url);
  }

  @Produces
  @Singleton
  BatchStore batches(ObjectStore objects, S3Presigner presigner) {
    return new BatchStore(objects, presigner);
  }

  /** Makes a client when one is first needed: a function that sends nothing starts without. */
  private static Supplier<SqsClient> sqs() {
    return new Supplier<>() {
      private SqsClient client;

      @Override
      public synchronized SqsClient get() {
        client =
            client == null
                ? SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()
                : client;
        return client;
      }
    };
  }

  @Produces
  @Singleton
  DeletionQueue deletions(ObjectStore objects) {
    return new DeletionQueue(objects);
  }

  @Produces
  @Singleton
  DownloadStore downloads(ObjectStore objects, S3Presigner presigner) {
    return new DownloadStore(objects, presigner);
  }

  @Produces
  @Singleton
  RetentionList retention(ObjectStore objects) {
    return new RetentionList(objects);
  }

  @Produces
  @Singleton
  FeedbackStore feedback(ObjectStore objects) {
    return new FeedbackStore(objects);
  }

  @Produces
  @Singleton
  MemberStore members(ObjectStore objects) {
    return new MemberStore(objects);
  }

  @Produces
  @Singleton
  SessionStore sessions(ObjectStore objects) {
    return new SessionStore(objects, new SecureRandom());
  }

  @Produces
  @Singleton
  ShareStore shares(ObjectStore objects) {
    return new ShareStore(objects, new SecureRandom());
  }

  /**
   * Removes objects for good.
   *
   * @param versioned {@code touchstone.bucket-versioned}, whether the bucket keeps old versions
   */
  @Produces
  @Singleton
  ObjectRemoval removal(
      S3Client s3,
      @ConfigProperty(name = "touchstone.bucket") String bucket,
      @ConfigProperty(name = "touchstone.bucket-versioned", defaultValue = "false")
          boolean versioned) {
    return new ObjectRemoval(s3, bucket, versioned);
  }

  @Produces
  @Singleton
  Leases leases(ObjectStore objects, InstantSource clock) {
    return new Leases(objects, clock);
  }

  @Produces
  @Singleton
  MentionStore mentions(ObjectStore objects, Leases leases, InstantSource clock) {
    return new MentionStore(objects, leases, clock);
  }

  @Produces
  @Singleton
  BotStore bot(ObjectStore objects) {
    return new BotStore(objects);
  }

  /** Also injected as {@link java.time.InstantSource}. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Step Functions' client.
   *
   * @param endpoint an endpoint other than AWS's
   * @param region a region other than the environment's
   */
  @Produces
  @Singleton
  SfnClient stepFunctions(
      @ConfigProperty(name = "touchstone.sfn.endpoint") Optional<URI> endpoint,
      @ConfigProperty(name = "touchstone.region") Optional<String> region) {
    SfnClientBuilder builder =
        SfnClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoint.ifPresent(builder::endpointOverride);
    region.map(Region::of).ifPresent(builder::region);
    return builder.build();
  }

  void close(@Disposes SfnClient stepFunctions) {
    stepFunctions.close();
  }
}
