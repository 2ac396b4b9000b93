package org.touchstone.emulators.aws;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * An S3 server. It checks signatures, presigned ones included, and what the policy of the signer's
 * role allows. Its conditional writes are as atomic as those of AWS. Web pages of this machine may
 * use presigned addresses.
 */
public final class EmbeddedS3 implements AutoCloseable {
  /** The server's region. */
  public static final Region REGION = Region.US_EAST_1;

  private final BlobStore store;
  private final AutoCloseable folder;
  private final S3Proxy server;
  private final AccessKeys keys;

  private EmbeddedS3(BlobStore store, AutoCloseable folder, S3Proxy server, AccessKeys keys) {
    this.store = store;
    this.folder = folder;
    this.server = server;
    this.keys = keys;
  }

  /**
   * Starts a server on a free port that accepts a new key. Its objects live in memory and are lost
   * when it stops.
   */
  public static EmbeddedS3 inMemory() {
    return inMemory(AccessKeys.random());
  }

  /**
   * Starts a server on a free port. Its objects live in memory and are lost when it stops.
   *
   * @param keys the keys that it accepts
   */
  public static EmbeddedS3 inMemory(AccessKeys keys) {
    return start(new TransientNio2BlobStore(), () -> {}, 0, keys);
  }

  /**
   * Starts a server whose objects outlive it.
   *
   * @param folder the objects' folder, created when absent
   * @param port the port on the loopback interface, 0 for any free port
   * @param keys the keys that it accepts
   * @throws ServerFolderException when another server uses the folder, or it cannot hold objects
   */
  public static EmbeddedS3 onDisk(Path folder, int port, AccessKeys keys) {
    ServerFolder data = ServerFolder.open(folder);
    try {
      return start(new FilesystemNio2BlobStore(data.objects().toString()), data, port, keys);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static EmbeddedS3 start(
      BlobStore files, AutoCloseable folder, int port, AccessKeys keys) {
    BlobStore store = new AtomicBlobStore(files);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(Loopback.uri(port))
            .awsAuthentication(AuthenticationType.AWS_V4, keys.owner().id(), keys.owner().secret())
            .ignoreUnknownHeaders(true)
            // A longer timeout would also wait for idle connections that clients keep open.
            .stopTimeout(0)
            .build();
    server.setBlobStoreLocator(
        (keyId, bucket, key) ->
            keys.find(keyId)
                .map(caller -> new AccessGrant(caller.key().secret(), store))
                .orElse(null));
    RequestFilters.install(
        server,
        new PagesFilter(),
        new WholeBodyFilter(),
        new UploadFilter(),
        new RoleFilter(keys, store));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 server does not start", e);
    }
    return new EmbeddedS3(store, folder, server, keys);
  }

  public URI endpoint() {
    return Loopback.uri(server.getPort());
  }

  /** The credentials of the owner. */
  public AwsBasicCredentials credentials() {
    return Loopback.credentials(keys.owner());
  }

  /** Creates a bucket unless it is there. */
  public void createBucket(String name) {
    if (!store.containerExists(name)) {
      store.createContainer(name);
    }
  }

  /** A new client of this server for the owner; the caller closes it. */
  public S3Client client() {
    return client(keys.owner());
  }

  /** A new client of this server for the holder of a key; the caller closes it. */
  public S3Client client(AccessKey key) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(Loopback.credentials(key)))
        // Chunked uploads cost one and a half times as much and gain nothing over loopback.
        .serviceConfiguration(pathStyle().chunkedEncodingEnabled(false).build())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(client -> client.addExecutionInterceptor(new NoExpectContinue()))
        .build();
  }

  /** A new presigner for this server with the owner's rights; the caller closes it. */
  public S3Presigner presigner() {
    return presigner(keys.owner());
  }

  /** A new presigner for this server with the rights of a key's holder; the caller closes it. */
  public S3Presigner presigner(AccessKey key) {
    return S3Presigner.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(Loopback.credentials(key)))
        .serviceConfiguration(pathStyle().build())
        .build();
  }

  private static S3Configuration.Builder pathStyle() {
    return S3Configuration.builder().pathStyleAccessEnabled(true);
  }

  /** Stops the server and cuts off requests that are not answered yet. */
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
