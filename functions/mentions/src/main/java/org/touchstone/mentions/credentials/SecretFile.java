package org.touchstone.mentions.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.FileMutex;

/**
 * A JSON file of one machine with a secret for each platform. Only its owner may read it (mode 0600
 * where the system has modes); it is replaced in one step, and processes take turns.
 */
public final class SecretFile implements CredentialStore {
  private static final int MAX_BYTES = 256 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;
  private final String platform;

  /**
   * @param file the file; it is made when a secret is written
   * @param platform the platform's name
   */
  public SecretFile(Path file, String platform) {
    this.file = file.toAbsolutePath();
    this.platform = platform;
  }

  @Override
  public Map<String, String> read() {
    return Secrets.texts(all().path(platform));
  }

  private ObjectNode all() {
    if (!Files.exists(file)) {
      return Json.mapper().createObjectNode();
    }
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode node =
          Json.mapper().readTree(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // The cause is not passed on: its message may quote a secret.
    }
    throw new IllegalStateException("the bot's file of secrets is not a readable JSON object");
  }

  @Override
  public boolean replace(Map<String, String> expected, Map<String, String> changed) {
    return locked(
        () -> {
          boolean isExpected = read().equals(expected);
          if (isExpected) {
            put(changed);
          }
          return isExpected;
        });
  }

  @Override
  public void write(Map<String, String> secret) {
    locked(
        () -> {
          put(secret);
          return true;
        });
  }

  private interface Work {
    boolean run() throws IOException;
  }

  private boolean locked(Work work) {
    try {
      Files.createDirectories(file.getParent());
      try (FileMutex lock =
          FileMutex.lock(file.resolveSibling(file.getFileName() + ".lock"), PATIENCE)) {
        return work.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the bot's file of secrets cannot be written", e);
    }
  }

  private void put(Map<String, String> secret) throws IOException {
    ObjectNode all = all();
    all.set(platform, Json.mapper().valueToTree(secret));
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path next = Files.createTempFile(file.getParent(), ".secret", ".json", ownerOnly);
    try {
      Files.write(next, Json.bytes(all));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
