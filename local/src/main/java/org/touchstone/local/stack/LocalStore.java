package org.touchstone.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The store of a data folder, for commands that need nothing else of the stack. */
public final class LocalStore {
  private LocalStore() {}

  /**
   * Does some work with the store of a data folder: through the process that has it, or else by
   * itself.
   *
   * @throws StackException when the folder cannot be used
   */
  public static <T> T with(Path folder, Function<ObjectStore, T> work) {
    DataFolder data;
    try {
      data = DataFolder.open(folder);
    } catch (FolderInUseException inUse) {
      DataFolder.RunningS3 running = DataFolder.running(folder).orElseThrow(() -> inUse);
      try (S3Client client = client(running.endpoint(), running.secret())) {
        return work.apply(new ObjectStore(client, LocalStack.BUCKET));
      }
    }
    try (data) {
      AccessKeys keys = AccessKeys.of(new AccessKey(LocalStack.ACCESS_KEY_ID, data.secret()));
      try (EmbeddedS3 s3 = EmbeddedS3.onDisk(data.folder("s3"), 0, keys)) {
        s3.createBucket(LocalStack.BUCKET);
        return work.apply(new ObjectStore(s3.client(), LocalStack.BUCKET));
      }
    }
  }

  private static S3Client client(URI endpoint, String secret) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(EmbeddedS3.REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalStack.ACCESS_KEY_ID, secret)))
        .forcePathStyle(true)
        .overrideConfiguration(c -> c.addExecutionInterceptor(new NoExpectContinue()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
