package org.touchstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.testing.linkage.Architecture;
import org.touchstone.testing.linkage.BaseSystem;
import org.touchstone.testing.linkage.ContainerImage;
import org.touchstone.testing.linkage.Linkage;
import org.touchstone.testing.linkage.NativeFile;

/** The native libraries in the container image find all that they link against. */
class ImageLinkageTest {
  private static final Path DOCKERFILE = Path.of("Dockerfile");

  /** The build copies the libraries of both architectures to this folder. */
  private static final Path LIBRARIES = Path.of("target", "linkage");

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void librariesOfBothArchitecturesFindEverything(String variant) throws IOException {
    ContainerImage image = ContainerImage.of(DOCKERFILE, variant);
    List<NativeFile> libraries = NativeFile.in(List.of(LIBRARIES));

    assertThat(
            new Linkage(
                    BaseSystem.ofImage(image.base()), image.packages(), Linkage.UNUSED_BY_ENDPOINT)
                .missing(libraries))
        .isEmpty();
    for (String library :
        List.of("libonnxruntime.so", "libjniavcodec.so", "libjniopencv_core.so")) {
      assertThat(libraries)
          .filteredOn(file -> file.fileName().equals(library))
          .extracting(file -> file.elf().architecture().orElseThrow())
          .as(library)
          .containsExactlyInAnyOrder(Architecture.values());
    }
  }

  @Test
  void withoutItsPackagesTheImageWouldLackLibrariesOnOneArchitectureOnly() throws IOException {
    ContainerImage image = ContainerImage.of(DOCKERFILE, "cpu");

    assertThat(
            new Linkage(BaseSystem.ofImage(image.base()), Set.of(), Linkage.UNUSED_BY_ENDPOINT)
                .missing(NativeFile.in(List.of(LIBRARIES))))
        .filteredOn(line -> line.contains("libva.so.2"))
        .isNotEmpty()
        .allMatch(line -> line.contains("linux-arm64"));
  }
}
