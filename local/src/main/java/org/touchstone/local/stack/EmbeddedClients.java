package org.touchstone.local.stack;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.EventQueue;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The functions' AWS clients, pointed at the embedded servers. */
@ApplicationScoped
public class EmbeddedClients {
  @Produces
  @Singleton
  S3Client s3() {
    return LocalStack.running().s3().client();
  }

  void close(@Disposes S3Client s3) {
    s3.close();
  }

  @Produces
  @Singleton
  S3Presigner presigner() {
    return LocalStack.running().s3().presigner();
  }

  void close(@Disposes S3Presigner presigner) {
    presigner.close();
  }

  @Produces
  @Singleton
  JobMessages jobMessages() {
    return new JobMessages(() -> LocalStack.running().queues().client());
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  EventQueue events() {
    return new EventQueue(
        () -> LocalStack.running().queues().client(),
        Optional.of(LocalStack.running().queues().eventsUrl()));
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  BatchQueue batches() {
    return new BatchQueue(
        () -> LocalStack.running().queues().client(),
        Optional.of(LocalStack.running().queues().batchesUrl()));
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  SfnClient stepFunctions() {
    LocalStack stack = LocalStack.running();
    return SfnClient.builder()
        .endpointOverride(stack.workflow().endpoint())
        .region(EmbeddedS3.REGION)
        .credentialsProvider(StaticCredentialsProvider.create(stack.s3().credentials()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  void close(@Disposes SfnClient stepFunctions) {
    stepFunctions.close();
  }
}
