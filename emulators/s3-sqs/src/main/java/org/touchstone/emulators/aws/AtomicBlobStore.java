package org.touchstone.emulators.aws;

import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Makes S3Proxy's file store as consistent as S3. The file store checks {@code If-Match} before it
 * writes, so two writers can both pass. It also writes to a file beside the object, {@code
 * {key}-{uuid}}, and lists that file as an object until the write is over.
 */
final class AtomicBlobStore extends ForwardingBlobStore {
  private static final Pattern UNFINISHED =
      Pattern.compile("(.*)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int PRECONDITION_FAILED = 412;

  private final ObjectLocks writes = new ObjectLocks();

  AtomicBlobStore(BlobStore files) {
    super(files);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return writes.exclusively(
        name(request.bucket(), request.key()),
        () -> {
          if (request.ifMatch() != null) {
            requireVersion(request);
          }
          return super.putBlob(request, payload);
        });
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return writes.exclusively(
        name(request.destinationBucket(), request.destinationKey()), () -> super.copyBlob(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return writes.exclusively(
        name(upload.containerName(), upload.blobName()),
        () -> super.completeMultipartUpload(upload, request));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return writes.exclusively(
        name(request.bucket(), request.key()), () -> super.removeBlob(request));
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    List<S3Object> finished =
        page.contents().stream().filter(object -> !isUnfinished(request.bucket(), object)).toList();
    return page.toBuilder().contents(finished).build();
  }

  /**
   * An unfinished write is one of three: it still runs; it has ended meanwhile and its file is
   * gone; or a crash cut it off before it got an ETag.
   */
  private boolean isUnfinished(String bucket, S3Object object) {
    var name = UNFINISHED.matcher(object.key());
    return name.matches()
        && (object.eTag() == null
            || writes.isHeld(name(bucket, name.group(1)))
            || !blobExists(bucket, object.key()));
  }

  private void requireVersion(PutObjectRequest request) {
    HeadObjectResponse present = blobMetadata(request.bucket(), request.key());
    if (present == null) {
      throw NoSuchKeyException.builder().message("The object does not exist.").build();
    }
    if (!unquoted(request.ifMatch()).equals(unquoted(present.eTag()))) {
      throw S3Exception.builder().statusCode(PRECONDITION_FAILED).build();
    }
  }

  private static String unquoted(String eTag) {
    return eTag == null ? "" : eTag.replace("\"", "");
  }

  private static String name(String bucket, String key) {
    return bucket + "/" + key;
  }
}
