package org.touchstone.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.touchstone.provenance.trust.TrustFiles;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.TrustStore;

/** Where files of those who vouch are kept: a folder of this machine, or a deployment's bucket. */
interface TrustPlace extends TrustFiles {
  /** The ending of the file that a new one replaced. */
  String BEFORE = ".before";

  /** Stores a file, and keeps the one that it replaces. */
  void save(String name, byte[] content) throws IOException;

  /** A folder, made when something is stored there. */
  static TrustPlace of(Path folder) {
    TrustFiles files = TrustFiles.in(folder);
    return new TrustPlace() {
      @Override
      public Optional<byte[]> read(String name) throws IOException {
        return files.read(name);
      }

      @Override
      public void save(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          Files.copy(file, folder.resolve(name + BEFORE), StandardCopyOption.REPLACE_EXISTING);
        }
        Path part = folder.resolve(name + ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    };
  }

  /** The bucket of a deployment. */
  static TrustPlace of(ObjectStore objects) {
    TrustStore store = new TrustStore(objects);
    return new TrustPlace() {
      @Override
      public Optional<byte[]> read(String name) {
        return store.file(name, MAX_BYTES);
      }

      @Override
      public void save(String name, byte[] content) {
        store.file(name, MAX_BYTES).ifPresent(before -> store.save(name + BEFORE, before));
        store.save(name, content);
      }
    };
  }
}
