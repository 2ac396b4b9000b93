package org.touchstone.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Models in folders: {@code {root}/{name}/{version}/} holds {@code model.json} and the files it
 * lists. A folder that cannot be read as a model is left out and logged. A root that is not there
 * is an empty store.
 */
public final class ModelStore {
  private static final Logger LOG = System.getLogger(ModelStore.class.getName());
  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  private final Path root;
  private final Map<String, String> pins;
  private final Map<Path, Hashed> hashed = new ConcurrentHashMap<>();

  public ModelStore(Path root) {
    this(root, Map.of());
  }

  /**
   * @param pins version to use of each model named, instead of its newest
   */
  public ModelStore(Path root, Map<String, String> pins) {
    this.root = Objects.requireNonNull(root, "root");
    this.pins = Map.copyOf(pins);
  }

  /** All models, by name, then from the oldest version to the newest. */
  public List<InstalledModel> list() {
    List<InstalledModel> models = new ArrayList<>();
    for (Path name : folders(root)) {
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

  /** Of every model the pinned version, or the newest where none is pinned. */
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
   * @throws ModelException when it is not there or its manifest is wrong
   */
  public InstalledModel open(String name, String version) {
    if (!ModelManifest.NAME.matcher(name).matches()
        || !ModelManifest.VERSION.matcher(version).matches()
        || version.contains("..")) {
      throw new ModelException("no name or version of a model");
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
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!now.isRegularFile()) {
        throw new ModelException(name + " is no regular file");
      }
      Hashed known = hashed.get(file);
      if (known == null || !known.isOf(now)) {
        known = new Hashed(sha256(file), now.size(), now.lastModifiedTime());
        hashed.put(file, known);
      }
      if (!known.sha256.equals(sha256)) {
        throw new ModelException(name + " is not the file the manifest lists: SHA-256 differs");
      }
    } catch (IOException e) {
      throw new ModelException(name + " is missing or cannot be read", e);
    }
  }

  /**
   * Size of a model's files together.
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

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
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

  /** The hash a file had when it had that size and time of change. */
  private record Hashed(String sha256, long bytes, FileTime modified) {
    boolean isOf(BasicFileAttributes file) {
      return file.size() == bytes && file.lastModifiedTime().equals(modified);
    }
  }
}
