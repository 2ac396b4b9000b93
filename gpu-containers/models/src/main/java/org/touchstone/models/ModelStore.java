package org.touchstone.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.touchstone.domain.files.FileMutex;
import org.touchstone.domain.files.Folders;
import org.touchstone.domain.files.Sha256;

/**
 * Models in folders: {@code {root}/{name}/{version}/} holds {@code model.json} and the files it
 * lists. A folder that cannot be read as a model is skipped and logged. A missing root is an empty
 * store.
 *
 * <p>Nothing else reads or writes these folders. A model appears and disappears in one step, so
 * readers need no lock: they see all of it or nothing. Only a version that is replaced by other
 * bytes is gone for a moment. Writers, in one process or several, install one at a time.
 */
public final class ModelStore {
  private static final Logger LOG = System.getLogger(ModelStore.class.getName());
  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  /** Names that begin with a dot are not models. */
  private static final String DRAFT = ".new-";

  private static final String LOCK = ".lock";

  /** Far longer than a writer holds the lock: it renames folders or checks one model's hashes. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path root;
  private final Map<String, String> pins;
  private final Predicate<String> names;
  private final Map<Path, Hashed> hashed = new ConcurrentHashMap<>();

  public ModelStore(Path root) {
    this(root, Map.of());
  }

  /**
   * @param pins by model name, the version to use instead of the newest
   */
  public ModelStore(Path root, Map<String, String> pins) {
    this(root, pins, name -> true);
  }

  private ModelStore(Path root, Map<String, String> pins, Predicate<String> names) {
    this.root = Objects.requireNonNull(root, "root");
    this.pins = Map.copyOf(pins);
    this.names = names;
  }

  /** The same store for a reader that sees only the models of these names. */
  public ModelStore only(Set<String> shown) {
    return new ModelStore(root, pins, Set.copyOf(shown)::contains);
  }

  /** All models, by name, then from the oldest version to the newest. */
  public List<InstalledModel> list() {
    List<InstalledModel> models = new ArrayList<>();
    for (Path name : folders(root)) {
      if (!names.test(name.getFileName().toString())) {
        continue;
      }
      for (Path version : folders(name)) {
        try {
          models.add(open(name.getFileName().toString(), version.getFileName().toString()));
        } catch (ModelException e) {
          LOG.log(
              Level.WARNING,
              () ->
                  "no model in %s/%s: %s"
                      .formatted(name.getFileName(), version.getFileName(), e.getMessage()));
        }
      }
    }
    models.sort(
        (a, b) -> {
          int byName = a.manifest().name().compareTo(b.manifest().name());
          return byName != 0
              ? byName
              : Versions.compare(a.manifest().version(), b.manifest().version());
        });
    return List.copyOf(models);
  }

  /** The pinned version of every model, or the newest if none is pinned. */
  public List<InstalledModel> newest() {
    Map<String, InstalledModel> byName = new TreeMap<>();
    for (InstalledModel model : list()) {
      String pin = pins.get(model.manifest().name());
      if (pin == null || pin.equals(model.manifest().version())) {
        byName.put(model.manifest().name(), model);
      }
    }
    return List.copyOf(byName.values());
  }

  /** The pinned or else the newest version of a model. */
  public Optional<InstalledModel> find(String name) {
    return newest().stream().filter(m -> m.manifest().name().equals(name)).findFirst();
  }

  /**
   * One version of a model.
   *
   * @throws ModelException when it does not exist or its manifest is wrong
   */
  public InstalledModel open(String name, String version) {
    if (!ModelManifest.NAME.matcher(name).matches()
        || !ModelManifest.VERSION.matcher(version).matches()
        || version.contains("..")) {
      throw new ModelException("not a valid name or version of a model");
    }
    Path folder = root.resolve(name).resolve(version);
    ModelManifest manifest = ModelManifest.read(manifestBytes(folder));
    if (!manifest.name().equals(name) || !manifest.version().equals(version)) {
      throw new ModelException("model.json: name and version differ from the folder's");
    }
    return new InstalledModel(manifest, folder);
  }

  /**
   * Checks a model's files against the SHA-256 of its manifest. A file is read again only when its
   * size or its time of change differs from when it was last read.
   *
   * @throws ModelException naming the first file that is missing or differs
   */
  public void verify(InstalledModel model) {
    model
        .manifest()
        .files()
        .forEach((name, sha256) -> verify(model.folder().resolve(name), sha256));
  }

  private void verify(Path file, String sha256) {
    String name = file.getFileName().toString();
    try {
      BasicFileAttributes now = attributes(file);
      if (!now.isRegularFile()) {
        throw new ModelException(name + " is not a regular file");
      }
      Hashed known = hashed.get(file);
      if (known == null || !known.isOf(now)) {
        known = Hashed.of(Sha256.of(file), now);
        hashed.put(file, known);
      }
      if (!known.sha256.equals(sha256)) {
        throw new ModelException(name + " is not the file the manifest lists: SHA-256 differs");
      }
    } catch (IOException e) {
      throw new ModelException(name + " is missing or cannot be read", e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Total size of a model's files, bytes.
   *
   * @throws ModelException naming the first file that is missing
   */
  public long bytes(InstalledModel model) {
    long bytes = 0;
    for (String name : model.manifest().files().keySet()) {
      try {
        bytes += Files.size(model.folder().resolve(name));
      } catch (IOException e) {
        throw new ModelException(name + " is missing or cannot be read", e);
      }
    }
    return bytes;
  }

  /**
   * Begins a new model. Its folder is beside the models, on the same file system, but is not a
   * model until it is installed.
   *
   * @throws IOException when the store cannot be written
   */
  public Draft draft() throws IOException {
    Files.createDirectories(root);
    return new Draft(Files.createTempDirectory(root, DRAFT));
  }

  /**
   * A model in preparation. Closing it deletes the files if the model was not installed. Not
   * thread-safe.
   */
  public final class Draft implements AutoCloseable {
    private static final String CONTENT = "model";
    private static final String REPLACED = "replaced";

    private final Path folder;
    private final Path content;

    private Draft(Path folder) throws IOException {
      this.folder = folder;
      this.content = Files.createDirectory(folder.resolve(CONTENT));
    }

    /** The folder for the model's files, without the manifest. */
    public Path folder() {
      return content;
    }

    /**
     * Makes the draft a model of the store. It replaces a model of the same name and version,
     * unless that has the same manifest and intact files.
     *
     * @param json the manifest; the caller guarantees that the files have the SHA-256 it lists, so
     *     this store does not read them again to verify them
     * @throws ModelException when the manifest is wrong or a file it lists is missing
     * @throws IOException when the store cannot be written
     */
    public InstalledModel install(byte[] json) throws IOException {
      ModelManifest manifest = ModelManifest.read(json);
      for (String file : manifest.files().keySet()) {
        if (!Files.isRegularFile(content.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
          throw new ModelException(file + " is missing");
        }
      }
      Files.write(content.resolve(ModelManifest.FILE_NAME), json);
      Path place = root.resolve(manifest.name()).resolve(manifest.version());
      try (FileMutex lock = FileMutex.lock(root.resolve(LOCK), PATIENCE)) {
        if (!isThere(manifest, json)) {
          put(place);
          remember(manifest, place);
        }
      }
      return new InstalledModel(manifest, place);
    }

    private void put(Path place) throws IOException {
      Files.createDirectories(place.getParent());
      Path replaced = folder.resolve(REPLACED);
      boolean replaces = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
      if (replaces) {
        Files.move(place, replaced, StandardCopyOption.ATOMIC_MOVE);
      }
      try {
        Files.move(content, place, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (replaces) {
          Files.move(replaced, place, StandardCopyOption.ATOMIC_MOVE);
        }
        throw e;
      }
    }

    private void remember(ModelManifest manifest, Path place) throws IOException {
      for (Map.Entry<String, String> file : manifest.files().entrySet()) {
        Path path = place.resolve(file.getKey());
        hashed.put(path, Hashed.of(file.getValue(), attributes(path)));
      }
    }

    @Override
    public void close() throws IOException {
      Folders.delete(folder);
    }
  }

  /** Whether a version is in the store with this manifest and intact files. */
  public boolean contains(byte[] json) {
    return isThere(ModelManifest.read(json), json);
  }

  private boolean isThere(ModelManifest manifest, byte[] json) {
    try {
      InstalledModel there = open(manifest.name(), manifest.version());
      if (!Arrays.equals(manifestBytes(there.folder()), json)) {
        return false;
      }
      verify(there);
      return true;
    } catch (ModelException e) {
      LOG.log(
          Level.DEBUG,
          () -> "%s/%s: %s".formatted(manifest.name(), manifest.version(), e.getMessage()));
      return false;
    }
  }

  /**
   * Removes a model; does nothing if it does not exist.
   *
   * @throws IOException when the store cannot be written
   */
  public void remove(InstalledModel model) throws IOException {
    Path place = root.resolve(model.manifest().name()).resolve(model.manifest().version());
    try (Draft bin = draft()) {
      try (FileMutex lock = FileMutex.lock(root.resolve(LOCK), PATIENCE)) {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(place, bin.folder.resolve(Draft.REPLACED), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  /**
   * Deletes drafts of processes that were killed.
   *
   * @param before drafts changed after this time are kept, as another process may be working on
   *     them
   */
  public void removeAbandoned(Instant before) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(root, DRAFT + "*")) {
      for (Path draft : drafts) {
        if (Folders.lastChange(draft).isBefore(before)) {
          Folders.delete(draft);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static byte[] manifestBytes(Path folder) {
    try (InputStream in = Files.newInputStream(folder.resolve(ModelManifest.FILE_NAME))) {
      byte[] json = in.readNBytes(MAX_MANIFEST_BYTES + 1);
      if (json.length > MAX_MANIFEST_BYTES) {
        throw new ModelException("model.json is too large");
      }
      return json;
    } catch (IOException e) {
      throw new ModelException("model.json is missing or cannot be read", e);
    }
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(p -> !p.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the model store", e);
    }
  }

  /** The hash of a file when it had this size and time of change. */
  private record Hashed(String sha256, long bytes, FileTime modified) {
    static Hashed of(String sha256, BasicFileAttributes file) {
      return new Hashed(sha256, file.size(), file.lastModifiedTime());
    }

    boolean isOf(BasicFileAttributes file) {
      return file.size() == bytes && file.lastModifiedTime().equals(modified);
    }
  }
}
