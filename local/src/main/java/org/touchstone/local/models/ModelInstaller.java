package org.touchstone.local.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ImportedModel;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Precision;
import org.touchstone.domain.files.FileMutex;
import org.touchstone.domain.files.Folders;
import org.touchstone.domain.files.Sha256;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.local.selftest.SelfTests;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueEntry.Product;
import org.touchstone.models.catalogue.CatalogueFile;

/**
 * Installs published models: gets their files, makes a model of them, tests it, and puts it into
 * the store as its newest version. Until it has passed, the version before it stays the newest.
 * Files are kept until the model is installed, so that a repeated installation does not download
 * them again.
 */
public final class ModelInstaller {
  private static final Logger LOG = System.getLogger(ModelInstaller.class.getName());
  private static final String DOWNLOADS = ".downloads";

  /** The age without changes after which a draft is that of a process which was killed. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path models;

  /** One for all entries: it knows which files were checked already. */
  private final ModelStore store;

  private final FileSource source;
  private final SelfTests tests;

  /**
   * @param models the model store, which also holds the downloads
   */
  public ModelInstaller(Path models, FileSource source, SelfTests tests) {
    this.models = Objects.requireNonNull(models, "models");
    this.store = new ModelStore(models);
    this.source = Objects.requireNonNull(source, "source");
    this.tests = Objects.requireNonNull(tests, "tests");
  }

  /**
   * A model that is installed now.
   *
   * @param already whether it was installed before
   */
  public record Installed(String name, String version, boolean already) {}

  /**
   * Locks the store: only one process at a time installs models.
   *
   * @throws DownloadException when another one does
   */
  public static FileMutex lock(Path models) throws IOException {
    return FileMutex.tryLock(models.resolve(DOWNLOADS).resolve(".lock"))
        .orElseThrow(
            () ->
                new DownloadException(
                    Kind.NOT_WRITTEN, "another process is installing models here"));
  }

  /**
   * Deletes what installations left that were killed. Call it before the free space is looked at,
   * which they would take away for good.
   */
  public static void removeAbandoned(Path models) throws IOException {
    new ModelStore(models).removeAbandoned(Instant.now().minus(ABANDONED));
  }

  /**
   * The bytes that installing an entry still needs on the disk, as far as the catalogue tells: what
   * is not downloaded yet and, for checkpoints, the model that is made of them.
   */
  public long missingBytes(CatalogueEntry entry, Precision precision) {
    if (installed(entry, precision).isPresent()) {
      return 0;
    }
    Path folder = downloads(models, entry);
    long bytes = 0;
    for (CatalogueFile file : entry.files()) {
      if (file.exact()) {
        bytes += Math.max(0, file.maxBytes() - PartialFile.received(folder, file));
        bytes += entry.product() instanceof Product.Imported ? file.maxBytes() : 0;
      }
    }
    return bytes;
  }

  /**
   * Installs a model. The caller must hold the store's {@link #lock}, and have checked that the
   * licences allow it.
   *
   * @throws DownloadException when a file cannot be had
   * @throws org.touchstone.local.selftest.SelfTestException when the model does not pass its test
   * @throws org.touchstone.checkpoints.tensor.CheckpointException when the files are not a
   *     checkpoint of that model
   * @throws org.touchstone.models.ModelException when the model does not fit its manifest
   */
  public Installed install(CatalogueEntry entry, Precision precision, InstallListener listener) {
    Optional<InstalledModel> there = installed(entry, precision);
    Path folder = downloads(models, entry);
    try {
      if (there.isPresent()) {
        Folders.delete(folder); // of a process that was killed after it had installed the model
        ModelManifest manifest = there.get().manifest();
        return new Installed(manifest.name(), manifest.version(), true);
      }
      Map<String, Path> files = new LinkedHashMap<>();
      TreeMap<String, String> hashes = new TreeMap<>(entry.checksums());
      for (CatalogueFile file : entry.files()) {
        Path path = source.get(entry, file, folder, listener::received);
        files.put(file.name(), path);
        if (file.sha256().isEmpty()) {
          hashes.put(file.name(), Sha256.of(path));
          listener.unpublished(file.name(), hashes.get(file.name()));
        }
      }
      Origin origin = new Origin(entry.name(), entry.revision(), hashes);
      Installed done =
          switch (entry.product()) {
            case Product.Imported imported ->
                imported(entry, imported, List.copyOf(files.values()), precision, origin, listener);
            case Product.Ready ready -> ready(entry, ready, files, origin, folder, listener);
          };
      Folders.delete(folder);
      return done;
    } catch (IOException e) {
      throw new UncheckedIOException("the downloads cannot be read or removed", e);
    }
  }

  private Installed imported(
      CatalogueEntry entry,
      Product.Imported imported,
      List<Path> files,
      Precision precision,
      Origin origin,
      InstallListener listener)
      throws IOException {
    ImportedModel model =
        new ModelImporter(models)
            .importModel(
                new ImportRequest(
                    imported.detector(),
                    files,
                    precision,
                    Optional.of(entry.licences().weights()),
                    entry.trainedOn()),
                listener::imported,
                draft -> listener.tested(tests.run(store, draft, entry.selfTest())));
    origin.write(model.folder());
    return new Installed(model.name(), model.version(), false);
  }

  private Installed ready(
      CatalogueEntry entry,
      Product.Ready ready,
      Map<String, Path> files,
      Origin origin,
      Path downloads,
      InstallListener listener)
      throws IOException {
    String version =
        ReadyVersions.next(
            models.resolve(entry.name()), entry.revision(), origin.files(), ready.manifest());
    byte[] json =
        ready
            .manifest()
            .complete(
                entry.name(),
                version,
                entry.licences().weights(),
                entry.trainedOn(),
                origin.files());
    try (ModelStore.Draft draft = store.draft()) {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        Path target = draft.folder().resolve(file.getKey());
        place(file.getValue(), target, file.getValue().startsWith(downloads));
      }
      listener.tested(
          tests.run(
              store,
              new InstalledModel(ModelManifest.read(json), draft.folder()),
              entry.selfTest()));
      origin.write(draft.folder());
      InstalledModel model = draft.install(json);
      return new Installed(model.manifest().name(), model.manifest().version(), false);
    }
  }

  /** Downloads stay until the model is installed, also if this process is killed before. */
  private static void place(Path file, Path target, boolean ours) throws IOException {
    if (ours) {
      try {
        Files.createLink(target, file);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.log(Level.DEBUG, "the file system has no links: {0}", e.getClass().getSimpleName());
      }
    }
    Files.copy(file, target);
  }

  /** The newest version of an entry's model, if it is intact and what the entry describes. */
  Optional<InstalledModel> installed(CatalogueEntry entry, Precision precision) {
    String name =
        switch (entry.product()) {
          case Product.Imported imported -> imported.detector();
          case Product.Ready ready -> entry.name();
        };
    return store
        .find(name)
        .filter(
            model -> {
              Optional<Origin> origin = Origin.read(model);
              return origin.isPresent()
                  && origin.get().entry().equals(entry.name())
                  && origin.get().isOf(entry)
                  && isSameKind(entry, model, precision, origin.get())
                  && isIntact(model);
            });
  }

  private static boolean isSameKind(
      CatalogueEntry entry, InstalledModel model, Precision precision, Origin origin) {
    String version = model.manifest().version();
    return switch (entry.product()) {
      case Product.Imported imported -> version.endsWith("-" + precision.code());
      case Product.Ready ready ->
          version.endsWith(
              ReadyVersions.content(entry.revision(), origin.files(), ready.manifest()));
    };
  }

  private boolean isIntact(InstalledModel model) {
    try {
      store.verify(model);
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  private static Path downloads(Path models, CatalogueEntry entry) {
    return models.resolve(DOWNLOADS).resolve(entry.name());
  }
}
