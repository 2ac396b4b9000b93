package org.touchstone.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.testing.linkage.Architecture;
import org.touchstone.testing.linkage.BaseSystem;
import org.touchstone.testing.linkage.ContainerImage;
import org.touchstone.testing.linkage.Linkage;
import org.touchstone.testing.linkage.NativeFile;

/** The native libraries in the function's image find all that they link against. */
class ImageLinkageTest {
  /** The build copies the libraries of both architectures to this folder. */
  private static final Path LIBRARIES = Path.of("target", "linkage");

  @Test
  void librariesOfBothArchitecturesFindEverything() throws IOException {
    ContainerImage image = ContainerImage.of(Path.of("Dockerfile"), "");
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
    assertThat(libraries)
        .filteredOn(file -> file.fileName().startsWith("libaws-lambda-jni.linux-"))
        .extracting(file -> file.elf().architecture().orElseThrow())
        .containsExactlyInAnyOrder(Architecture.values());
  }

  @Test
  void lambdasOwnSystemWouldNotDo() throws IOException {
    assertThat(
            new Linkage(
                    BaseSystem.named("amazon-linux-2023"), List.of(), Linkage.UNUSED_BY_ENDPOINT)
                .missing(NativeFile.in(List.of(LIBRARIES))))
        .anyMatch(line -> line.contains("GLIBC_2.35"));
  }
}
