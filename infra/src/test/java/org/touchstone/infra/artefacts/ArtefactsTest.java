package org.touchstone.infra.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.infra.config.DeploymentConfig.Architecture;
import org.touchstone.infra.config.DeploymentConfig.Mode;

class ArtefactsTest {
  @TempDir private Path root;

  private Artefacts artefacts;

  @BeforeEach
  void look() {
    artefacts = new Artefacts(root, root.resolve("stand-ins"));
  }

  private Path zip(String entry) throws IOException {
    Path zip = root.resolve("functions/vote/target/function.zip");
    Files.createDirectories(zip.getParent());
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(entry));
    }
    return zip;
  }

  @Test
  void findsAPackageOfTheKindThatIsWanted() throws IOException {
    Path nativeZip = zip("bootstrap");
    assertThat(artefacts.function("functions/vote", Mode.NATIVE)).isEqualTo(nativeZip);
    Path jvmZip = zip("lib/a.jar");
    assertThat(artefacts.function("functions/vote", Mode.JVM)).isEqualTo(jvmZip);
    assertThat(artefacts.missing()).isEmpty();
  }

  @Test
  void takesNoPackageOfTheOtherKind() throws IOException {
    zip("lib/a.jar");
    Path standIn = artefacts.function("functions/vote", Mode.NATIVE);
    assertThat(standIn.resolve("NOT-BUILT.txt")).content().contains("not built");
    assertThat(artefacts.missing()).containsExactly("functions/vote as a native function");
  }

  @Test
  void takesNothingThatIsNoZip() throws IOException {
    Files.writeString(zip("bootstrap"), "broken");
    artefacts.function("functions/vote", Mode.NATIVE);
    assertThat(artefacts.missing()).hasSize(1);
  }

  @Test
  void takesAFunctionsImageOnlyWithItsPrograms() throws IOException {
    zip("bootstrap");
    Path module = root.resolve("functions/vote");
    Files.writeString(module.resolve("Dockerfile"), "FROM scratch\n");
    assertThat(artefacts.functionImage("functions/vote", Mode.NATIVE)).isNotEqualTo(module);
    Files.createDirectories(module.resolve("target/image/ffmpeg"));
    assertThat(artefacts.functionImage("functions/vote", Mode.NATIVE)).isEqualTo(module);
  }

  @Test
  void takesAnEndpointsImageOnlyWithCuda() throws IOException {
    Path module = root.resolve("endpoint");
    Path libraries = Files.createDirectories(module.resolve("target/quarkus-app/lib/main"));
    Files.writeString(module.resolve("Dockerfile"), "FROM scratch\n");
    Files.createFile(libraries.resolve("com.microsoft.onnxruntime.onnxruntime-1.jar"));
    assertThat(artefacts.gpuImage("endpoint")).isNotEqualTo(module);
    Files.createFile(libraries.resolve("com.microsoft.onnxruntime.onnxruntime_gpu-1.jar"));
    assertThat(artefacts.gpuImage("endpoint")).isEqualTo(module);
  }

  @Test
  void takesACpuEndpointsImageOnlyWithLibrariesForItsProcessors() throws IOException {
    Path module = root.resolve("lambda");
    Path libraries = Files.createDirectories(module.resolve("target/image/lib"));
    Files.writeString(module.resolve("Dockerfile"), "FROM scratch\n");
    Files.createFile(libraries.resolve("ffmpeg-8.0.1-1.5.13-linux-x86_64.jar"));
    assertThat(artefacts.lambdaImage("lambda", Architecture.ARM64)).isNotEqualTo(module);
    assertThat(artefacts.missing()).containsExactly("lambda as a container image for linux-arm64");
    assertThat(artefacts.lambdaImage("lambda", Architecture.X86_64)).isEqualTo(module);
  }

  @Test
  void namesTheRegistryOfAnImage() {
    EcrImage tagged = EcrImage.parse("123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b:1.2");
    assertThat(tagged).isEqualTo(new EcrImage("123456789012", "eu-west-1", "a/b", "1.2"));
    assertThat(EcrImage.parse("1.dkr.ecr.r.amazonaws.com/a@sha256:00").tagOrDigest())
        .isEqualTo("sha256:00");
  }
}
