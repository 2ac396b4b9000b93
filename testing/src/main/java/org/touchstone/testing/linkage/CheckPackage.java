package org.touchstone.testing.linkage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Run by the build on what it has just packaged: fails when a native file of the package lacks
 * something where it is deployed.
 */
public final class CheckPackage {
  /** The system that runs functions deployed as zips. */
  private static final String LAMBDA = "amazon-linux-2023";

  private CheckPackage() {}

  /**
   * Checks a package.
   *
   * @param args {@code zip FILE} for a function's zip, {@code function-image DOCKERFILE ZIP
   *     FOLDER…} for a function's image, {@code endpoint-image DOCKERFILE FOLDER…} for the
   *     endpoint's
   */
  public static void main(String... args) throws IOException {
    List<Path> places = Arrays.stream(args).skip(1).map(Path::of).toList();
    List<Path> content = places.subList(args[0].equals("zip") ? 0 : 1, places.size());
    Linkage linkage =
        switch (args[0]) {
          case "zip" -> new Linkage(BaseSystem.named(LAMBDA), List.of(), Set.of());
          case "function-image" ->
              of(places.getFirst(), isNative(content.getFirst()) ? "native" : "jvm", Set.of());
          case "endpoint-image" ->
              of(places.getFirst(), isGpu(content) ? "gpu" : "cpu", Linkage.UNUSED_BY_ENDPOINT);
          default -> throw new IllegalArgumentException(args[0]);
        };
    List<String> missing = linkage.missing(NativeFile.in(content));
    if (!missing.isEmpty()) {
      System.err.println("Native libraries would not load where this is deployed:");
      missing.forEach(System.err::println);
      System.exit(1);
    }
  }

  private static Linkage of(Path dockerfile, String variant, Set<String> unused)
      throws IOException {
    ContainerImage image = ContainerImage.of(dockerfile, variant);
    return new Linkage(BaseSystem.ofImage(image.base()), image.packages(), unused);
  }

  private static boolean isNative(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.getEntry("bootstrap") != null;
    }
  }

  private static boolean isGpu(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        if (files.anyMatch(file -> file.getFileName().toString().contains("onnxruntime_gpu"))) {
          return true;
        }
      }
    }
    return false;
  }
}
