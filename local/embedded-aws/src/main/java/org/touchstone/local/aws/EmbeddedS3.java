package org.touchstone.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * An S3 server. Signatures are checked, presigned ones included; conditional writes are as atomic
 * as AWS's.
 */
public final class EmbeddedS3 implements AutoCloseable {
  /** The region it answers for. */
  public static final Region REGION = Region.US_EAST_1;

  private static final long STOP_TIMEOUT_MILLIS = 1000;

  private final BlobStore store;
  private final S3Proxy server;
  private final AwsBasicCredentials credentials;

  private EmbeddedS3(BlobStore store, S3Proxy server, AwsBasicCredentials credentials) {
    this.store = store;
    this.server = server;
    this.credentials = credentials;
  }

  /** Starts a server on a free port whose objects live in memory and die with it. */
  public static EmbeddedS3 inMemory() {
    return start(new TransientNio2BlobStore(), 0, Loopback.randomCredentials());
  }

  /**
   * Starts a server whose objects outlive it.
   *
   * @param folder where the objects lie, made when absent; one server at a time
   * @param port where to listen on the loopback interface, 0 for any free port
   * @param credentials whom to serve
   * @throws UncheckedIOException when the folder cannot be made or its file system cannot keep
   *     objects' metadata
   */
  public static EmbeddedS3 onDisk(Path folder, int port, AwsBasicCredentials credentials) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data folder", e);
    }
    return start(new FilesystemNio2BlobStore(folder.toString()), port, credentials);
  }

  private static EmbeddedS3 start(BlobStore files, int port, AwsBasicCredentials credentials) {
    BlobStore store = new ConsistentBlobStore(files);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(Loopback.uri(port))
            .awsAuthentication(
                AuthenticationType.AWS_V4,
                credentials.accessKeyId(),
                credentials.secretAccessKey())
            .ignoreUnknownHeaders(true)
            .stopTimeout(STOP_TIMEOUT_MILLIS)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 server does not start", e);
    }
    return new EmbeddedS3(store, server, Objects.requireNonNull(credentials));
  }

  public URI endpoint() {
    return Loopback.uri(server.getPort());
  }

  public AwsBasicCredentials credentials() {
    return credentials;
  }

  /** Creates a bucket unless it is there. */
  public void createBucket(String name) {
    if (!store.containerExists(name)) {
      store.createContainer(name);
    }
  }

  /** A new client of this server; the caller closes it. */
  public S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(client -> client.addExecutionInterceptor(new NoExpectContinue()))
        .build();
  }

  /** A new presigner for this server; the caller closes it. */
  public S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  /** Stops the server after what it is answering, within a second. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 server does not stop", e);
    }
  }
}
