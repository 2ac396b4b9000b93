package org.touchstone.emulators.aws;

import java.net.URI;
import java.nio.file.Path;
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
 * An S3 server. It checks signatures, presigned ones included, and its conditional writes are as
 * atomic as AWS's.
 */
public final class EmbeddedS3 implements AutoCloseable {
  /** The region it answers for. */
  public static final Region REGION = Region.US_EAST_1;

  private final BlobStore store;
  private final AutoCloseable folder;
  private final S3Proxy server;
  private final AwsBasicCredentials credentials;

  private EmbeddedS3(
      BlobStore store, AutoCloseable folder, S3Proxy server, AwsBasicCredentials credentials) {
    this.store = store;
    this.folder = folder;
    this.server = server;
    this.credentials = credentials;
  }

  /** Starts a server on a free port whose objects live in memory and die with it. */
  public static EmbeddedS3 inMemory() {
    return start(new TransientNio2BlobStore(), () -> {}, 0, Loopback.randomCredentials());
  }

  /**
   * Starts a server whose objects outlive it.
   *
   * @param folder where the objects lie, made when absent
   * @param port where to listen on the loopback interface, 0 for any free port
   * @param credentials whom to serve
   * @throws ServerFolderException when another server uses the folder, or it cannot hold objects
   */
  public static EmbeddedS3 onDisk(Path folder, int port, AwsBasicCredentials credentials) {
    ServerFolder data = ServerFolder.open(folder);
    try {
      return start(new FilesystemNio2BlobStore(data.objects().toString()), data, port, credentials);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static EmbeddedS3 start(
      BlobStore files, AutoCloseable folder, int port, AwsBasicCredentials credentials) {
    BlobStore store = new AtomicBlobStore(files);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(Loopback.uri(port))
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKeyId(), credentials.secretAccessKey())
            .ignoreUnknownHeaders(true)
            // A longer one would also wait for idle connections that clients keep open.
            .stopTimeout(0)
            .build();
    WholeBodyFilter.install(server);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 server does not start", e);
    }
    return new EmbeddedS3(store, folder, server, credentials);
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
        // Chunked uploads cost half as much again and gain nothing over loopback.
        .serviceConfiguration(pathStyle().chunkedEncodingEnabled(false).build())
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
        .serviceConfiguration(pathStyle().build())
        .build();
  }

  private static S3Configuration.Builder pathStyle() {
    return S3Configuration.builder().pathStyleAccessEnabled(true);
  }

  /** Stops the server; requests it has not answered yet are cut off. */
  @Override
  public void close() {
    try {
      server.stop();
      folder.close();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 server does not stop", e);
    }
  }
}
