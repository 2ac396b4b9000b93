package org.touchstone.testing.linkage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkageTest {
  private static final BaseSystem DEBIAN = BaseSystem.ofImage("debian:trixie-slim");
  private static final BaseSystem LAMBDA = BaseSystem.named("amazon-linux-2023");

  @TempDir Path folder;

  private List<String> missing(BaseSystem base, List<String> packages) throws IOException {
    return new Linkage(base, packages, Set.of()).missing(NativeFile.in(List.of(folder)));
  }

  @Test
  void aSymbolVersionThatTheSystemIsTooOldForIsMissing() throws IOException {
    new ElfWriter(ElfWriter.X86_64)
        .needing("libm.so.6", "GLIBC_2.29", "GLIBC_2.35")
        .writeTo(folder.resolve("libours.so"));

    assertThat(missing(LAMBDA, List.of()))
        .singleElement()
        .asString()
        .contains("libours.so needs GLIBC_2.35 of libm.so.6")
        .doesNotContain("GLIBC_2.29");
    assertThat(missing(DEBIAN, List.of())).isEmpty();
  }

  @Test
  void aVersionThatAFileCanDoWithoutIsNot() throws IOException {
    new ElfWriter(ElfWriter.X86_64)
        .liking("libc.so.6", "GLIBC_2.38")
        .writeTo(folder.resolve("libours.so"));

    assertThat(missing(LAMBDA, List.of())).isEmpty();
  }

  @Test
  void aLibraryIsMissingUntilItsPackageIsInstalledOnEachArchitecture() throws IOException {
    for (int machine : new int[] {ElfWriter.X86_64, ElfWriter.ARM64}) {
      new ElfWriter(machine).needing("libva-drm.so.2").writeTo(folder.resolve("a" + machine));
    }

    assertThat(missing(DEBIAN, List.of())).hasSize(2);
    assertThat(missing(DEBIAN, List.of("libva-drm2"))).isEmpty();
    assertThatThrownBy(() -> missing(DEBIAN, List.of("libva-drm9")))
        .hasMessageContaining("libva-drm9");
  }

  @Test
  void filesOfAPackageFindOneAnotherOnTheirArchitectureOnly() throws IOException {
    new ElfWriter(ElfWriter.ARM64).needing("libtheirs.so.2").writeTo(folder.resolve("libours.so"));
    new ElfWriter(ElfWriter.X86_64).named("libtheirs.so.2").writeTo(folder.resolve("theirs"));
    assertThat(missing(DEBIAN, List.of())).singleElement().asString().contains("libtheirs.so.2");

    new ElfWriter(ElfWriter.ARM64).named("libtheirs.so.2").writeTo(folder.resolve("theirs-arm"));
    assertThat(missing(DEBIAN, List.of())).isEmpty();
  }

  @Test
  void findsFilesInJarsInAZip() throws IOException {
    byte[] library = new ElfWriter(ElfWriter.X86_64).needing("libgone.so.1").bytes();
    byte[] jar = zip(Map.of("linux/libours.so", library, "a.txt", new byte[10]));
    Files.write(folder.resolve("function.zip"), zip(Map.of("lib/a.jar", jar)));

    assertThat(missing(DEBIAN, List.of()))
        .singleElement()
        .asString()
        .contains("a.jar", "libours.so", "libgone.so.1");
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void readsTheBaseAndThePackagesOfTheVariantThatIsBuilt() throws IOException {
    Path dockerfile =
        Files.writeString(
            folder.resolve("Dockerfile"),
            """
            ARG VARIANT=a
            FROM debian:trixie-slim AS base-a
            RUN apt-get update \\
             && apt-get install --yes libva2 libdrm2=2.4.* \\
             && rm -rf /var/lib/apt/lists/*
            FROM ubuntu:24.04 AS base-b
            # Not the last stage's: RUN apt-get install libnothing
            FROM base-${VARIANT}
            RUN apt-get install --yes libxcb1
            """);

    assertThat(ContainerImage.of(dockerfile, "a"))
        .isEqualTo(
            new ContainerImage("debian:trixie-slim", Set.of("libva2", "libdrm2", "libxcb1")));
    assertThat(ContainerImage.of(dockerfile, "b"))
        .isEqualTo(new ContainerImage("ubuntu:24.04", Set.of("libxcb1")));
  }

  @Test
  void anImageOfWhichNothingIsKnownIsRefused() {
    assertThatThrownBy(() -> BaseSystem.ofImage("alpine:3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("survey-base");
  }
}
