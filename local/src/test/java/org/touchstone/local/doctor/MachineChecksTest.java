package org.touchstone.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.local.doctor.Finding.Level;

class MachineChecksTest {
  @TempDir private Path folder;

  private MachineChecks checks(Duration patience) {
    return new MachineChecks(
        Map.of("PATH", folder.toString()), () -> "a profile", () -> "eu-central-1", patience);
  }

  private MachineChecks checks() {
    return checks(Duration.ofSeconds(60));
  }

  private void program(String name, String script) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void saysThatNoContainerEngineIsInstalledAndWhatNeedsIt() {
    Finding finding = checks().containerEngine();
    assertThat(finding.level()).isEqualTo(Level.LACK);
    assertThat(finding.text()).contains("docker", "podman", "deploy");
  }

  @Test
  void tellsAnEngineThatRunsFromOneThatDoesNot() throws IOException {
    program("podman", "exit 0");
    assertThat(checks().containerEngine().level()).isEqualTo(Level.OK);
    program("docker", "exit 1");
    Finding stopped = checks().containerEngine();
    assertThat(stopped.level()).isEqualTo(Level.LACK);
    assertThat(stopped.text()).contains("docker", "does not answer");
  }

  @Test
  void anEngineThatHangsDoesNotHoldTheDoctorUp() throws IOException {
    program("docker", "exec sleep 600");
    assertThat(checks(Duration.ofMillis(200)).containerEngine().level()).isEqualTo(Level.LACK);
  }

  @Test
  void namesTheProviderOfCredentialsAndNothingElse() {
    assertThat(checks().awsCredentials().line())
        .isEqualTo("ok    AWS credentials    found by a profile");
    assertThat(checks().awsRegion().text()).isEqualTo("eu-central-1");
  }

  @Test
  void missingCredentialsSayWhatToDoWithoutTheLibrarysMessage() {
    MachineChecks none =
        new MachineChecks(
            Map.of(),
            () -> {
              throw new IllegalStateException("secret detail");
            },
            () -> {
              throw new IllegalStateException("secret detail");
            },
            Duration.ofSeconds(60));
    assertThat(none.awsCredentials().text()).contains("aws configure").doesNotContain("secret");
    assertThat(none.awsRegion().text()).contains("AWS_REGION").doesNotContain("secret");
    assertThat(none.awsRegion().level()).isEqualTo(Level.LACK);
  }

  @Test
  void credentialsThatNeverComeDoNotHoldTheDoctorUp() {
    CountDownLatch never = new CountDownLatch(1);
    MachineChecks stuck =
        new MachineChecks(
            Map.of(),
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "late";
            },
            () -> "eu-central-1",
            Duration.ofMillis(200));
    assertThat(stuck.awsCredentials().level()).isEqualTo(Level.LACK);
  }

  @Test
  void tellsAFreePortFromAUsedOne() throws IOException {
    int port;
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = used.getLocalPort();
      Finding finding = checks().port(port);
      assertThat(finding.level()).isEqualTo(Level.LACK);
      assertThat(finding.text()).contains("--port");
    }
    assertThat(checks().port(0).level()).isEqualTo(Level.OK);
  }

  @Test
  void aDataFolderThatCannotBeMadeFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(checks().dataFolder(file.resolve("data")).level()).isEqualTo(Level.FAIL);
    assertThat(checks().dataFolder(folder.resolve("new/data")).level()).isEqualTo(Level.OK);
  }

  @Test
  void withoutModelsSaysHowToSeeThoseThatCanBeInstalled() {
    Finding finding = checks().models(folder.resolve("models"));
    assertThat(finding.level()).isEqualTo(Level.LACK);
    assertThat(finding.text()).contains("./touchstone models list --available");
  }
}
