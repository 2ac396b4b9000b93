package org.touchstone.storage;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.touchstone.emulators.aws.EmbeddedS3;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** An S3 server for a test class, with a new bucket for every test. */
final class TestBucket implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private EmbeddedS3 server;
  private S3Client client;
  private S3Presigner presigner;
  private int tests;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = EmbeddedS3.inMemory();
    client = server.client();
    presigner = server.presigner();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    tests++;
    server.createBucket(name());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    presigner.close();
    client.close();
    server.close();
  }

  EmbeddedS3 server() {
    return server;
  }

  S3Client client() {
    return client;
  }

  S3Presigner presigner() {
    return presigner;
  }

  /** A client of this server over another HTTP client, which the caller closes. */
  S3Client client(SdkHttpClient http) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(EmbeddedS3.REGION)
        .credentialsProvider(StaticCredentialsProvider.create(server.credentials()))
        .forcePathStyle(true)
        .httpClient(http)
        .overrideConfiguration(client -> client.addExecutionInterceptor(new NoExpectContinue()))
        .build();
  }

  String name() {
    return "bucket-" + tests;
  }

  ObjectStore objects() {
    return new ObjectStore(client, name());
  }
}
