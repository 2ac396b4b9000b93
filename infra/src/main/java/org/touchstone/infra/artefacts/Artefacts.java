package org.touchstone.infra.artefacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.touchstone.infra.config.DeploymentConfig.Architecture;
import org.touchstone.infra.config.DeploymentConfig.Mode;

/**
 * Finds the build's artefacts. An artefact that is not built yet is replaced by a stand-in and
 * listed as missing: a template can be inspected before anything is built, but should not be
 * deployed.
 */
public final class Artefacts {
  private static final String NOTE = "NOT-BUILT.txt";

  private final Path root;
  private final Path placeholders;
  private final List<String> missing = new ArrayList<>();

  /**
   * @param root the repository
   * @param placeholders folder for stand-ins
   */
  public Artefacts(Path root, Path placeholders) {
    this.root = root.toAbsolutePath().normalize();
    this.placeholders = placeholders.toAbsolutePath().normalize();
  }

  /**
   * The package of a function: {@code target/function.zip} of its module.
   *
   * @return a zip, or a folder that stands in for it
   */
  public Path function(String module, Mode mode) {
    Path zip = root.resolve(module).resolve("target/function.zip");
    return isBuilt(zip, mode)
        ? zip
        : standIn(module + " as a " + (mode == Mode.NATIVE ? "native" : "JVM") + " function");
  }

  /** The folder of a function's container image, with its package and the programs it calls. */
  public Path functionImage(String module, Mode mode) {
    Path folder = root.resolve(module);
    boolean built =
        isBuilt(folder.resolve("target/function.zip"), mode)
            && Files.isDirectory(folder.resolve("target/image/ffmpeg"));
    return image(folder, built, module + " as a container image");
  }

  /** The folder of the endpoint's container image, built with CUDA. */
  public Path gpuImage(String module) {
    Path folder = root.resolve(module);
    boolean built = contains(folder.resolve("target/quarkus-app/lib/main"), "onnxruntime_gpu");
    return image(folder, built, module + " as a container image with CUDA");
  }

  /** The folder of a CPU endpoint's container image, with native libraries of the processors. */
  public Path lambdaImage(String module, Architecture architecture) {
    Path folder = root.resolve(module);
    String platform = Builds.platform(architecture);
    boolean built = contains(folder.resolve("target/image/lib"), "-" + platform + ".jar");
    return image(folder, built, module + " as a container image for " + platform);
  }

  private static boolean contains(Path libraries, String part) {
    if (!Files.isDirectory(libraries)) {
      return false;
    }
    try (Stream<Path> all = Files.list(libraries)) {
      return all.anyMatch(path -> path.getFileName().toString().contains(part));
    } catch (IOException e) {
      throw new UncheckedIOException("libraries of an image cannot be listed", e);
    }
  }

  private Path image(Path folder, boolean built, String what) {
    return built && Files.isRegularFile(folder.resolve("Dockerfile")) ? folder : standIn(what);
  }

  /** The workflow's definition. */
  public String workflow() {
    return text("statemachine/analysis.asl.json");
  }

  /** The API's contract: an OpenAPI document. */
  public String contract() {
    return text("functions/intake/openapi.yaml");
  }

  /** The routes of the pages, in the form of the API's contract. */
  public String pages() {
    return text("functions/intake/pages.yaml");
  }

  private String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The artefacts that were requested but are not built. */
  public List<String> missing() {
    return missing.stream().distinct().toList();
  }

  private static boolean isBuilt(Path zip, Mode mode) {
    if (!Files.isRegularFile(zip)) {
      return false;
    }
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return (file.getEntry("bootstrap") != null) == (mode == Mode.NATIVE);
    } catch (IOException notAZip) {
      return false;
    }
  }

  private Path standIn(String what) {
    missing.add(what);
    Path folder = placeholders.resolve(what.replaceAll("[^A-Za-z]+", "-"));
    Map<String, String> files =
        Map.of(
            NOTE,
            "Stands in for " + what + ", which is not built.\n",
            "Dockerfile",
            "FROM scratch\nCOPY " + NOTE + " /\n");
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the stand-in for " + what + " cannot be written", e);
    }
    return folder;
  }
}
