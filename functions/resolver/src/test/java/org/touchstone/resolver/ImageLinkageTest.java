package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.testing.linkage.Architecture;
import org.touchstone.testing.linkage.BaseSystem;
import org.touchstone.testing.linkage.ContainerImage;
import org.touchstone.testing.linkage.Linkage;
import org.touchstone.testing.linkage.NativeFile;

/** FFmpeg's programs in the container image find all that they link against. */
class ImageLinkageTest {
  private static final Path DOCKERFILE = Path.of("Dockerfile");

  /** The build copies the programs of both architectures to this folder. */
  private static final Path PROGRAMS = Path.of("target", "linkage");

  private static List<String> missing(String base, Set<String> packages) throws IOException {
    return new Linkage(BaseSystem.ofImage(base), packages, Set.of())
        .missing(NativeFile.in(List.of(PROGRAMS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void programsOfBothArchitecturesFindEverything(String variant) throws IOException {
    ContainerImage image = ContainerImage.of(DOCKERFILE, variant);

    assertThat(missing(image.base(), image.packages())).isEmpty();
    assertThat(NativeFile.in(List.of(PROGRAMS)))
        .filteredOn(file -> file.fileName().equals("ffprobe"))
        .extracting(file -> file.elf().architecture().orElseThrow())
        .containsExactlyInAnyOrder(Architecture.values());
  }

  @ParameterizedTest
  @CsvSource({"libva2,libva.so.2", "libdrm2,libdrm.so.2", "libpulse0,libpulse.so.0"})
  void aPackageThatIsNotInstalledIsMissed(String name, String library) throws IOException {
    ContainerImage image = ContainerImage.of(DOCKERFILE, "native");
    // libva-drm2 brings libva2 and libdrm2.
    Set<String> packages = new TreeSet<>(image.packages());
    packages.removeAll(List.of(name, "libva-drm2", "libva2"));

    assertThat(missing(image.base(), packages)).anyMatch(line -> line.contains(library));
  }

  @Test
  void lambdasOwnSystemWouldBeTooOld() throws IOException {
    List<String> missing =
        new Linkage(BaseSystem.named("amazon-linux-2023"), List.of(), Set.of())
            .missing(NativeFile.in(List.of(PROGRAMS)));

    for (String architecture : List.of("linux-x86_64", "linux-arm64")) {
      assertThat(missing)
          .anyMatch(
              line ->
                  Stream.of(architecture, "libavutil", "GLIBC_2.35", "libm.so.6")
                      .allMatch(line::contains));
    }
  }
}
