package org.touchstone.local.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.files.Sha256;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchReply;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;

/**
 * Downloads files of gigabytes over connections that break. A transfer continues where the last one
 * ended, in this process or a later one, as long as the server still has the same version.
 */
public final class Downloader implements FileSource {
  /** At most a day for each request, and a minimum pace that a slow line can keep. */
  public static final FetchPolicy POLICY = policy(false);

  /** The same policy, but with private networks and any port. */
  public static final FetchPolicy WITH_PRIVATE = policy(true);

  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_ATTEMPTS = 100;
  private static final int MAX_IDLE_ATTEMPTS = 4;
  private static final int BLOCK = 1 << 16;

  /** Space that a download leaves free, bytes. */
  static final long ROOM_TO_LEAVE = 64L << 20;

  /**
   * What servers answer when a signed address has expired. The file's own address is then asked
   * again.
   */
  private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);

  private final HubConnection hub;
  private final Duration pause;

  /**
   * @param pause before repeating an attempt that received nothing; doubled each time
   */
  public Downloader(HubConnection hub, Duration pause) {
    this.hub = Objects.requireNonNull(hub, "hub");
    this.pause = Objects.requireNonNull(pause, "pause");
  }

  private static FetchPolicy policy(boolean allowPrivate) {
    FetchPolicy web = FetchPolicy.DEFAULT;
    return new FetchPolicy(
        web.ports(),
        allowPrivate,
        web.maxRedirects(),
        Long.MAX_VALUE,
        web.connectTimeout(),
        Duration.ofMinutes(1),
        Duration.ofDays(1),
        256,
        Duration.ofMinutes(1));
  }

  @Override
  public Path get(
      CatalogueEntry entry, CatalogueFile file, Path folder, DownloadProgress progress) {
    return download(file.at(hub.address(file.link())), folder, progress);
  }

  /**
   * Downloads a file unless an earlier attempt has completed it.
   *
   * @param folder for the file and its partial downloads
   * @throws DownloadException when it cannot be downloaded or does not match the catalogue
   */
  public Path download(CatalogueFile file, Path folder, DownloadProgress progress) {
    try (PartialFile partial = PartialFile.open(folder, file)) {
      Path whole = partial.complete().orElse(null);
      if (whole == null) {
        transfer(file, partial, progress);
        whole = partial.finish();
      }
      verify(file, whole);
      return whole;
    } catch (IOException e) {
      throw new DownloadException(Kind.NOT_WRITTEN, file.name() + " cannot be written", e);
    }
  }

  private static void verify(CatalogueFile file, Path whole) throws IOException {
    long bytes = Files.size(whole);
    if (file.exact() && bytes != file.maxBytes()) {
      Files.delete(whole);
      throw otherSize(file, bytes);
    }
    if (file.sha256().isEmpty()) {
      return;
    }
    String actual = Sha256.of(whole);
    if (!actual.equals(file.sha256().get())) {
      Files.delete(whole);
      throw otherChecksum(file, actual);
    }
  }

  static DownloadException otherChecksum(CatalogueFile file, String actual) {
    return new DownloadException(
        Kind.WRONG_CHECKSUM,
        "%s is not the file in the catalogue: its SHA-256 is %s instead of %s"
            .formatted(file.name(), actual, file.sha256().orElseThrow()));
  }

  static DownloadException otherSize(CatalogueFile file, long bytes) {
    return new DownloadException(
        Kind.WRONG_SIZE,
        "%s is not the file in the catalogue: it has %d bytes instead of %d"
            .formatted(file.name(), bytes, file.maxBytes()));
  }

  private void transfer(CatalogueFile file, PartialFile partial, DownloadProgress progress)
      throws IOException {
    int idle = 0;
    for (int attempt = 1; ; attempt++) {
      long before = partial.size();
      try {
        follow(file, partial, progress);
        return;
      } catch (BrokenOffException e) {
        idle = partial.size() > before ? 0 : idle + 1;
        if (idle == MAX_IDLE_ATTEMPTS || attempt == MAX_ATTEMPTS) {
          throw new DownloadException(
              Kind.INTERRUPTED,
              "%s: %s %s"
                  .formatted(
                      where(file.name(), file.link()),
                      e.getMessage(),
                      partial.size() > 0
                          ? "The downloaded part is kept; repeat the command to continue."
                          : "Nothing was downloaded. Without a way out, use HTTPS_PROXY or --from"
                              + " DIR."),
              e);
        }
        rest(idle);
      }
    }
  }

  private void rest(int idle) {
    if (idle == 0) {
      return;
    }
    try {
      Thread.sleep(pause.multipliedBy(1L << (idle - 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException(Kind.INTERRUPTED, "the download was stopped", e);
    }
  }

  private void follow(CatalogueFile file, PartialFile partial, DownloadProgress progress)
      throws IOException {
    WebLink at = file.link();
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      if (!hub.permits(at)) {
        throw new DownloadException(Kind.BLOCKED, where(file.name(), at) + ": not encrypted");
      }
      at = request(file, at, partial, progress);
      if (at == null) {
        return;
      }
    }
    throw new DownloadException(
        Kind.BLOCKED, where(file.name(), file.link()) + ": too many redirects");
  }

  /** Sends one request. Returns the target of a redirect, or null when the file is complete. */
  private WebLink request(
      CatalogueFile file, WebLink at, PartialFile partial, DownloadProgress progress)
      throws IOException {
    // A part of a compressed body would not be a part of the file.
    FetchRequest request = FetchRequest.get(at).with("Accept-Encoding", "identity");
    if (partial.canGoOn()) {
      request = request.with("Range", "bytes=" + partial.size() + "-");
      if (partial.validator().isPresent()) {
        request = request.with("If-Range", partial.validator().get());
      }
    }
    try {
      return hub.exchange(
          request,
          reply -> {
            if (reply.location() == null) {
              if (!at.equals(file.link()) && EXPIRED.contains(reply.status())) {
                throw new BrokenOffException("The address that it was sent to has expired.");
              }
              receive(file, reply, partial, progress);
            }
            return reply.location();
          });
    } catch (ProblemException e) {
      throw problem(file, at, e);
    }
  }

  private static void receive(
      CatalogueFile file, FetchReply reply, PartialFile partial, DownloadProgress progress)
      throws IOException {
    FileReply told = new FileReply(reply);
    switch (reply.status()) {
      case 200 -> {
        long total = told.bodyBytes();
        require(file, told, total, partial);
        partial.restart(told.validator());
        copy(file, reply, total, partial, progress);
      }
      case 206 -> {
        OptionalLong total = told.totalIfFrom(partial.size());
        if (total.isEmpty() || told.isOtherThan(partial.validator())) {
          partial.restart(Optional.empty());
          throw new BrokenOffException("The server sent a part other than the requested one.");
        }
        require(file, told, total.getAsLong(), partial);
        copy(file, reply, total.getAsLong(), partial, progress);
      }
      case 416 -> {
        if (!told.endsAt(partial.size())) {
          partial.restart(Optional.empty());
          throw new BrokenOffException("The file on the server has changed.");
        }
      }
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new BrokenOffException("The server is busy (" + reply.status() + ").");
      default ->
          throw new DownloadException(
              Kind.UNAVAILABLE,
              where(file.name(), reply.link())
                  + ": the server answered "
                  + reply.status()
                  + hint(reply.status()));
    }
  }

  private static String hint(int status) {
    return switch (status) {
      case 401, 403 -> "; if the file is not for everybody, set HF_TOKEN";
      case 407 -> "; HTTPS_PROXY must have the proxy's user and password";
      default -> "";
    };
  }

  /** Rejects a reply that cannot be the file, before the partial file is discarded. */
  private static void require(CatalogueFile file, FileReply told, long total, PartialFile partial)
      throws IOException {
    if (total > file.maxBytes()) {
      throw tooLarge(file);
    }
    if (told.isWebPage()) {
      throw webPage(file.name(), told.reply());
    }
    if (total >= 0 && file.exact() && total != file.maxBytes()) {
      throw otherSize(file, total);
    }
    long room = Files.getFileStore(partial.folder()).getUsableSpace();
    if (room < total - partial.size() + ROOM_TO_LEAVE) {
      throw new DownloadException(
          Kind.NOT_WRITTEN,
          "the disk has too little space for the " + (total >> 20) + " MiB of " + file.name());
    }
  }

  private static void copy(
      CatalogueFile file, FetchReply reply, long total, PartialFile to, DownloadProgress progress)
      throws IOException {
    String name = file.name();
    InputStream body = reply.body();
    byte[] block = new byte[BLOCK];
    for (int count = body.read(block); count >= 0; count = body.read(block)) {
      if (to.size() + count > file.maxBytes()) {
        to.restart(Optional.empty());
        throw tooLarge(file);
      }
      if (to.size() == 0 && count > 0 && block[0] == '<') {
        throw webPage(name, reply);
      }
      to.append(block, count);
      progress.received(name, to.size(), total);
    }
    if (total >= 0 && to.size() < total) {
      throw new BrokenOffException("The transfer broke off.");
    }
  }

  private static DownloadException webPage(String name, FetchReply reply) {
    return new DownloadException(
        Kind.NOT_A_FILE,
        where(name, reply.link()) + ": the server sent a web page instead of the file");
  }

  private static DownloadException tooLarge(CatalogueFile file) {
    return new DownloadException(
        Kind.TOO_LARGE,
        "%s: larger than the catalogue's %d bytes"
            .formatted(where(file.name(), file.link()), file.maxBytes()));
  }

  private static RuntimeException problem(CatalogueFile file, WebLink at, ProblemException e) {
    String message = e.problem().detail();
    return switch (e.problem().type()) {
      case FETCH_FAILED, FETCH_TIMEOUT, FETCH_UNREACHABLE -> new BrokenOffException(message);
      case FETCH_TLS ->
          new DownloadException(
              Kind.UNAVAILABLE,
              where(file.name(), at)
                  + ": "
                  + message
                  + " If your network inspects encrypted connections, name its certificates with"
                  + " --ca-file.",
              e);
      case LINK_BLOCKED, LINK_INVALID, LINK_UNSUPPORTED ->
          new DownloadException(Kind.BLOCKED, where(file.name(), at) + ": " + message, e);
      default ->
          new DownloadException(Kind.UNAVAILABLE, where(file.name(), at) + ": " + message, e);
    };
  }

  private static String where(String name, WebLink at) {
    return name + " from " + at.host();
  }

  /** An attempt that may be repeated. */
  private static final class BrokenOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenOffException(String message) {
      super(message);
    }
  }
}
