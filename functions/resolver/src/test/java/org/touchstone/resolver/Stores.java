package org.touchstone.resolver;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaOwner;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.Upload;
import org.touchstone.storage.UploadStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The stores on an S3 server within this process. */
public final class Stores implements AutoCloseable {
  /** The analysis that uses the media of tests which have none. */
  public static final MediaOwner OWNER = new MediaOwner("account", "7" + "0".repeat(25));

  private static final String BUCKET = "touchstone";

  private final EmbeddedS3 server = EmbeddedS3.inMemory();
  private final S3Client s3 = server.client();
  private final S3Presigner presigner = server.presigner();
  public final ObjectStore objects = new ObjectStore(s3, BUCKET);
  public final AnalysisStore analyses = new AnalysisStore(objects);
  public final MediaStore media = new MediaStore(objects, s3, presigner);
  public final UploadStore uploads = new UploadStore(objects, presigner, 100 << 20);

  public Stores() {
    server.createBucket(BUCKET);
  }

  public String upload(byte[] content) throws IOException {
    return upload(uploads, content);
  }

  /** Uploads a file as a browser would; returns the upload's id. */
  public static String upload(UploadStore uploads, byte[] content) throws IOException {
    Upload upload = uploads.create("application/octet-stream", Math.max(1, content.length));
    HttpURLConnection put = (HttpURLConnection) upload.url().toURL().openConnection();
    put.setRequestMethod("PUT");
    upload.headers().forEach(put::setRequestProperty);
    put.setDoOutput(true);
    put.setFixedLengthStreamingMode(content.length);
    try (OutputStream out = put.getOutputStream()) {
      out.write(content);
    }
    if (put.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("the upload was refused: " + put.getResponseCode());
    }
    return upload.uploadId();
  }

  @Override
  public void close() {
    presigner.close();
    s3.close();
    server.close();
  }
}
