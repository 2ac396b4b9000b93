package org.touchstone.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;

/**
 * The key with which programs of this machine's owner, such as {@code mcp}, call the API of a data
 * folder. It lies in the folder, readable by the owner only, as the key of the whole store does; it
 * ends after a month and is then replaced.
 */
final class ProgramKey {
  /** Its name in the list of keys. */
  static final String NAME = "mcp";

  private static final String FILE = "mcp-key";
  private static final Duration VALID = Duration.ofDays(30);

  /** It is replaced this long before its end, so that a session can rely on it. */
  private static final Duration RENEWED = Duration.ofDays(2);

  private ProgramKey() {}

  /**
   * The key of a folder; makes one if there is none that is valid.
   *
   * @param objects the folder's store
   * @throws StackException when the folder cannot be read or written
   */
  static String of(Path folder, ObjectStore objects, Instant now) {
    KeyStore keys = new KeyStore(objects, new SecureRandom());
    Path file = folder.resolve(FILE);
    try {
      Optional<KeyText> kept =
          Files.exists(file) ? KeyText.parse(Files.readString(file).strip()) : Optional.empty();
      Optional<ApiKey> known = kept.flatMap(keys::find);
      if (known.filter(key -> key.isValidAt(now.plus(RENEWED))).isPresent()) {
        return kept.get().reveal();
      }
      KeyStore.NewKey made =
          keys.create(LocalKeys.ACCOUNT, NAME, EnumSet.of(Scope.ANALYSE), now, now.plus(VALID));
      new AuditLog(objects)
          .append(
              new AuditEntry(
                  now,
                  null,
                  AuditEntry.OPERATOR,
                  "key.created",
                  made.key().id(),
                  made.key().summary()));
      write(file, made.text().reveal());
      return made.text().reveal();
    } catch (IOException e) {
      throw new StackException("The data folder cannot be used: " + folder, e);
    }
  }

  /** At once and whole, so that another process never reads a part. */
  private static void write(Path file, String text) throws IOException {
    boolean owners = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] ownersOnly =
        owners
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path part = Files.createTempFile(file.getParent(), FILE, ".part", ownersOnly);
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
