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
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.models.catalogue.CatalogueFile;

/**
 * A file while it is downloaded: {@code NAME.part}, and {@code NAME.origin} that says where it is
 * from and what the server calls this version of it, so that a later attempt can go on where this
 * one was broken off. One process at a time, which {@link ModelInstaller} sees to.
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

  /** Opens what there is of a file; what is from elsewhere is dropped. */
  static PartialFile open(Path folder, CatalogueFile file) throws IOException {
    Files.createDirectories(folder);
    PartialFile partial = new PartialFile(folder, file);
    try {
      JsonNode notes = partial.notes();
      partial.validator = Optional.ofNullable(notes.path("validator").textValue());
      if (!notes.path("url").asText().equals(file.link().toString())) {
        Files.deleteIfExists(partial.complete);
        partial.restart(Optional.empty());
      }
      return partial;
    } catch (IOException | RuntimeException e) {
      partial.close();
      throw e;
    }
  }

  private JsonNode notes() throws IOException {
    if (!Files.isRegularFile(origin) || Files.size(origin) > MAX_ORIGIN_BYTES) {
      return Json.mapper().createObjectNode();
    }
    try {
      return Json.mapper().readTree(Files.readAllBytes(origin));
    } catch (IOException e) {
      return Json.mapper().createObjectNode(); // it was broken off within: begin anew
    }
  }

  /** The whole file, if an earlier attempt got it. */
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
   * Whether bytes can be appended to what there is: only if it can be told that they are of the
   * same version.
   */
  boolean canGoOn() throws IOException {
    return size() > 0 && (validator.isPresent() || file.sha256().isPresent());
  }

  /** The server's name of the version there is a part of. */
  Optional<String> validator() {
    return validator;
  }

  /** Drops what there is; what comes next is of the version named. */
  void restart(Optional<String> version) throws IOException {
    channel.truncate(0);
    validator = version;
    ObjectNode notes = Json.mapper().createObjectNode().put("url", file.link().toString());
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

  /** Makes the part the whole file. */
  Path finish() throws IOException {
    channel.force(true);
    return Files.move(part, complete, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Ends it; an empty part is no part. */
  @Override
  public void close() throws IOException {
    boolean empty = channel.isOpen() && Files.exists(part) && Files.size(part) == 0;
    channel.close();
    if (empty) {
      Files.deleteIfExists(part);
    }
  }
}
