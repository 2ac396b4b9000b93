package org.touchstone.local.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.models.catalogue.CatalogueFile;

/**
 * A file while it is downloaded: {@code NAME.part}, and {@code NAME.origin} with its address and
 * the server's validator of this version. They let a later attempt continue where this one broke
 * off. Only one process at a time may use it; {@link ModelInstaller} ensures this.
 */
final class PartialFile implements AutoCloseable {
  private static final int MAX_ORIGIN_BYTES = 1 << 16;

  private final CatalogueFile file;
  private final Path complete;
  private final Path part;
  private final Path origin;
  private final FileChannel channel;
  private Optional<String> validator;

  private PartialFile(Path folder, CatalogueFile file) throws IOException {
    this.file = file;
    this.complete = folder.resolve(file.name());
    this.part = folder.resolve(file.name() + ".part");
    this.origin = folder.resolve(file.name() + ".origin");
    this.channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Opens the partial file; a part that came from another address is discarded. */
  static PartialFile open(Path folder, CatalogueFile file) throws IOException {
    Files.createDirectories(folder);
    PartialFile partial = new PartialFile(folder, file);
    try {
      JsonNode notes = partial.notes();
      partial.validator = Optional.ofNullable(notes.path("validator").textValue());
      if (!isOfSameFile(notes, file)) {
        Files.deleteIfExists(partial.complete);
        partial.restart(Optional.empty());
      }
      return partial;
    } catch (IOException | RuntimeException e) {
      partial.close();
      throw e;
    }
  }

  /** A file of known content may come from several places, such as a mirror. */
  private static boolean isOfSameFile(JsonNode notes, CatalogueFile file) {
    return file.sha256().isPresent() && notes.has("sha256")
        ? notes.path("sha256").asText().equals(file.sha256().get())
        : notes.path("url").asText().equals(file.link().toString());
  }

  /** Size of what an earlier attempt downloaded, bytes. */
  static long received(Path folder, CatalogueFile file) {
    for (String name : List.of(file.name(), file.name() + ".part")) {
      Path path = folder.resolve(name);
      try {
        if (Files.isRegularFile(path)) {
          return Files.size(path);
        }
      } catch (IOException e) {
        return 0;
      }
    }
    return 0;
  }

  private JsonNode notes() throws IOException {
    if (!Files.isRegularFile(origin) || Files.size(origin) > MAX_ORIGIN_BYTES) {
      return Json.mapper().createObjectNode();
    }
    try {
      return Json.mapper().readTree(Files.readAllBytes(origin));
    } catch (IOException e) {
      return Json.mapper().createObjectNode(); // the note was cut off: start again
    }
  }

  /** The complete file, if an earlier attempt finished it. */
  Optional<Path> complete() {
    return Files.isRegularFile(complete) ? Optional.of(complete) : Optional.empty();
  }

  Path folder() {
    return complete.getParent();
  }

  long size() throws IOException {
    return channel.size();
  }

  /**
   * Whether bytes can be appended to the part: only if a validator can show that they are of the
   * same version.
   */
  boolean canGoOn() throws IOException {
    return size() > 0 && (validator.isPresent() || file.sha256().isPresent());
  }

  /** The server's validator of the version that the part belongs to. */
  Optional<String> validator() {
    return validator;
  }

  /** Discards the part; the next bytes belong to the given version. */
  void restart(Optional<String> version) throws IOException {
    channel.truncate(0);
    validator = version;
    ObjectNode notes = Json.mapper().createObjectNode().put("url", file.link().toString());
    file.sha256().ifPresent(sha256 -> notes.put("sha256", sha256));
    version.ifPresent(v -> notes.put("validator", v));
    Files.write(origin, Json.bytes(notes));
  }

  void append(byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    channel.position(channel.size());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Turns the part into the complete file. */
  Path finish() throws IOException {
    channel.force(true);
    return Files.move(part, complete, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Closes the part and deletes it if it is empty. */
  @Override
  public void close() throws IOException {
    boolean empty = channel.isOpen() && Files.exists(part) && Files.size(part) == 0;
    channel.close();
    if (empty) {
      Files.deleteIfExists(part);
    }
  }
}
