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
 * A key with which a program of this machine's owner calls the API of a data folder. It lies in the
 * folder, readable by the owner only, as the key of the whole store does.
 *
 * @param name its name in the list of keys
 * @param file its file in the folder
 * @param account whose key it is
 * @param valid after which it ends and is replaced; null for a key that does not end
 */
record ProgramKey(String name, String file, String account, Duration valid) {
  /** The key of {@code mcp}. */
  static final ProgramKey MCP =
      new ProgramKey("mcp", "mcp-key", LocalKeys.ACCOUNT, Duration.ofDays(30));

  /** The key of the mention bot, which may run for longer than a month. */
  static final ProgramKey BOT = new ProgramKey("mention-bot", "bot-key", BotAccount.ID, null);

  /** It is replaced this long before its end, so that a session can rely on it. */
  private static final Duration RENEWED = Duration.ofDays(2);

  /**
   * The key of a folder; makes one if there is none that is valid.
   *
   * @param objects the folder's store
   * @throws StackException when the folder cannot be read or written
   */
  String in(Path folder, ObjectStore objects, Instant now) {
    KeyStore keys = new KeyStore(objects, new SecureRandom());
    Path path = folder.resolve(file);
    try {
      Optional<KeyText> kept =
          Files.exists(path) ? KeyText.parse(Files.readString(path).strip()) : Optional.empty();
      Optional<ApiKey> known = kept.flatMap(keys::find);
      if (known.filter(key -> key.isValidAt(now.plus(RENEWED))).isPresent()) {
        return kept.get().reveal();
      }
      KeyStore.NewKey made =
          keys.create(
              account,
              name,
              EnumSet.of(Scope.ANALYSE),
              now,
              valid == null ? null : now.plus(valid));
      new AuditLog(objects)
          .append(
              new AuditEntry(
                  now,
                  null,
                  AuditEntry.OPERATOR,
                  "key.created",
                  made.key().id(),
                  made.key().summary()));
      write(path, made.text().reveal());
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
    Path part = Files.createTempFile(file.getParent(), "key", ".part", ownersOnly);
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
