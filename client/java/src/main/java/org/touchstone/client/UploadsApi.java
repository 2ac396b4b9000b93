package org.touchstone.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.touchstone.client.model.NewUpload;
import org.touchstone.client.model.Upload;

/** Files that are sent to be analysed. */
public final class UploadsApi {
  /** Headers that the HTTP client sets itself. */
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

  private final Transport transport;
  private final URI base;
  private final Duration timeout;

  UploadsApi(Transport transport, URI base, Duration timeout) {
    this.transport = transport;
    this.base = base;
    this.timeout = timeout;
  }

  /** Asks for permission to upload one file; the other methods here do so themselves. */
  public CompletableFuture<Upload> create(NewUpload upload) {
    // One that is not used is deleted, so that a second does no harm.
    return transport.send(Call.post("/v1/uploads", upload).asRepeatable(), Upload.class);
  }

  /**
   * Sends a file; returns the upload's id.
   *
   * @throws IOException if the file cannot be read
   */
  public CompletableFuture<String> upload(Path file) throws IOException {
    return upload(file, UploadProgress.NONE);
  }

  /**
   * Sends a file; returns the upload's id.
   *
   * @throws IOException if the file cannot be read
   */
  public CompletableFuture<String> upload(Path file, UploadProgress progress) throws IOException {
    long bytes = Files.size(file);
    if (!Files.isReadable(file)) {
      throw new IOException("not readable: " + file);
    }
    return upload(
        bytes,
        progress,
        () -> {
          try {
            return BodyPublishers.ofFile(file);
          } catch (IOException e) {
            throw new ConnectionException("The file is not there any more.", e);
          }
        });
  }

  /** Sends bytes; returns the upload's id. */
  public CompletableFuture<String> upload(byte[] bytes) {
    return upload(bytes.length, UploadProgress.NONE, () -> BodyPublishers.ofByteArray(bytes));
  }

  private CompletableFuture<String> upload(
      long bytes, UploadProgress progress, Supplier<BodyPublisher> body) {
    return create(new NewUpload(bytes, null))
        .thenCompose(
            upload ->
                transport
                    .put(
                        checked(upload),
                        headers(upload),
                        () -> new CountedBody(body.get(), progress),
                        timeout)
                    .thenApply(done -> upload.uploadId()));
  }

  /** Where the file goes: encrypted, unless the API itself is not. */
  private URI checked(Upload upload) {
    URI url = upload.url();
    boolean usable =
        url != null
            && url.getHost() != null
            && upload.uploadId() != null
            && ("https".equalsIgnoreCase(url.getScheme())
                || "http".equalsIgnoreCase(url.getScheme())
                    && "http".equalsIgnoreCase(base.getScheme()));
    if (!usable) {
      throw new ConnectionException("The answer has no address for the file.", null);
    }
    return url;
  }

  private static Map<String, String> headers(Upload upload) {
    Map<String, String> headers = new TreeMap<>();
    upload
        .headers()
        .forEach(
            (name, value) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
              }
            });
    return headers;
  }
}
