package org.touchstone.local.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.models.Versions;
import org.touchstone.worker.models.ModelSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Brings installed models to a deployment's bucket, where its endpoints fetch them: {@code
 * {prefix}{name}/{version}/}. S3 compares each file with its SHA-256. The manifest comes last, and
 * a version without one does not exist for the endpoints, so nobody sees half a model. What is
 * there already is not uploaded again.
 */
public final class ModelPush {
  /** The metadata of an object that names the SHA-256 of its bytes, in hexadecimal. */
  static final String SHA256 = "sha256";

  /** The most that S3 accepts in one upload, bytes. */
  private static final long MAX_BYTES = 5L << 30;

  private final S3Client s3;
  private final ModelSource to;
  private final ModelStore store;

  /**
   * @param models the model store
   * @param to where the deployment's endpoints look for models
   */
  public ModelPush(S3Client s3, ModelSource to, Path models) {
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.to = Objects.requireNonNull(to, "to");
    this.store = new ModelStore(models);
  }

  /**
   * What was done.
   *
   * @param uploaded number of files that were uploaded
   * @param present number of files that were there
   * @param bytes uploaded
   * @param newer a version in the bucket that is newer than this one, so that the deployment uses
   *     that one; empty when there is none
   */
  public record Result(int uploaded, int present, long bytes, Optional<String> newer) {
    public Result {
      Objects.requireNonNull(newer, "newer");
    }
  }

  /**
   * Uploads a model.
   *
   * @param progress receives each file before it is uploaded
   * @throws ModelException when its files differ from its manifest, one is too large, or the bucket
   *     has another model of that name and version
   * @throws IOException when a file cannot be read
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not answer or refuses
   */
  public Result push(InstalledModel model, DownloadProgress progress) throws IOException {
    store.verify(model);
    ModelManifest manifest = model.manifest();
    String folder = to.prefix() + manifest.name() + "/" + manifest.version() + "/";
    Path json = model.folder().resolve(ModelManifest.FILE_NAME);
    byte[] bytes = Files.readAllBytes(json);
    boolean known = isThere(manifest, folder + ModelManifest.FILE_NAME, bytes);
    Map<String, String> files = new TreeMap<>(manifest.files());
    int uploaded = 0;
    int present = 0;
    long sent = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = model.folder().resolve(file.getKey());
      long size = Files.size(path);
      if (isThere(folder + file.getKey(), size, file.getValue())) {
        present++;
        continue;
      }
      if (size > MAX_BYTES) {
        throw new ModelException(file.getKey() + " has more than the 5 GiB of one upload");
      }
      progress.received(file.getKey(), 0, size);
      put(folder + file.getKey(), file.getValue(), RequestBody.fromFile(path));
      progress.received(file.getKey(), size, size);
      uploaded++;
      sent += size;
    }
    if (known) {
      present++;
    } else {
      put(folder + ModelManifest.FILE_NAME, Sha256.of(json), RequestBody.fromBytes(bytes));
      uploaded++;
      sent += bytes.length;
    }
    return new Result(uploaded, present, sent, newer(manifest));
  }

  /**
   * Whether the bucket has the manifest.
   *
   * @throws ModelException when it has another one: a version whose files were exchanged would be
   *     read half old and half new
   */
  private boolean isThere(ModelManifest manifest, String key, byte[] json) {
    Optional<HeadObjectResponse> there = head(key);
    if (there.isEmpty()) {
      return false;
    }
    // What somebody else put there can have any size, so the size is compared before it is read.
    if (there.get().contentLength() != json.length
        || !Arrays.equals(
            json, s3.getObjectAsBytes(r -> r.bucket(to.bucket()).key(key)).asByteArray())) {
      throw new ModelException(
          "the bucket has another model %s %s; give yours another version"
              .formatted(manifest.name(), manifest.version()));
    }
    return true;
  }

  /** Versions are counted in each store, so another machine's may come after this one's. */
  private Optional<String> newer(ModelManifest manifest) {
    String folder = to.prefix() + manifest.name() + "/";
    return s3
        .listObjectsV2Paginator(r -> r.bucket(to.bucket()).prefix(folder).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(version -> version.prefix().substring(folder.length(), version.prefix().length() - 1))
        .filter(version -> Versions.compare(version, manifest.version()) > 0)
        .filter(version -> head(folder + version + "/" + ModelManifest.FILE_NAME).isPresent())
        .max(Versions::compare);
  }

  private boolean isThere(String key, long bytes, String sha256) {
    return head(key)
        .filter(object -> object.contentLength() == bytes)
        .filter(object -> sha256.equals(object.metadata().get(SHA256)))
        .isPresent();
  }

  private Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(s3.headObject(r -> r.bucket(to.bucket()).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  private void put(String key, String sha256, RequestBody body) {
    String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    s3.putObject(
        r ->
            r.bucket(to.bucket())
                .key(key)
                .metadata(Map.of(SHA256, sha256))
                .checksumSHA256(checksum),
        body);
  }
}
