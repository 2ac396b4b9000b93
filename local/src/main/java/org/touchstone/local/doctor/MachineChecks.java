package org.touchstone.local.doctor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.touchstone.models.ModelStore;

/**
 * The checks that need a build. Each is bounded in time, changes nothing, and shows no secret.
 *
 * @param environment environment variables; {@code PATH} says where programs are looked for
 * @param credentials names the provider of AWS credentials; throws when there are none
 * @param region the AWS region; throws when none is set
 * @param patience time for one check
 */
public record MachineChecks(
    Map<String, String> environment,
    Supplier<String> credentials,
    Supplier<String> region,
    Duration patience) {
  private static final String WHO_NEEDS_AWS = "diff, deploy and destroy need ";

  /**
   * All findings, in the order to show them.
   *
   * @param port the port that {@code up} serves by default
   * @param models the folder of installed models
   * @param data the folder that {@code up} writes to
   */
  public List<Finding> all(int port, Path models, Path data) {
    List<Finding> findings = new ArrayList<>();
    findings.add(containerEngine());
    findings.add(awsCredentials());
    findings.add(awsRegion());
    findings.add(port(port));
    findings.add(dataFolder(data));
    findings.add(models(models));
    return findings;
  }

  /** Docker or Podman, and whether its service answers. */
  Finding containerEngine() {
    String subject = "Container engine";
    String use = "deploy builds native functions and images with one";
    for (String name : List.of("docker", "podman")) {
      Optional<Path> program = program(name);
      if (program.isPresent()) {
        return answers(program.get())
            ? Finding.ok(subject, name)
            : Finding.lack(
                subject,
                name + " is installed but does not answer; " + use + ": start its service.");
      }
    }
    return Finding.lack(
        subject, "neither docker nor podman was found; " + use + ": install one of them.");
  }

  private Optional<Path> program(String name) {
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator)) {
      Path program = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private boolean answers(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
            && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Finding awsCredentials() {
    String subject = "AWS credentials";
    return ask(credentials)
        .map(provider -> Finding.ok(subject, "found by " + provider))
        .orElseGet(
            () ->
                Finding.lack(
                    subject,
                    "none were found; " + WHO_NEEDS_AWS + "them: aws configure, or AWS_PROFILE."));
  }

  Finding awsRegion() {
    String subject = "AWS region";
    return ask(region)
        .map(name -> Finding.ok(subject, name))
        .orElseGet(
            () ->
                Finding.lack(
                    subject,
                    "none is set; "
                        + WHO_NEEDS_AWS
                        + "one: AWS_REGION, or region in touchstone.yaml."));
  }

  /** The value; empty when there is none, or none in time. */
  private Optional<String> ask(Supplier<String> question) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    answer.complete(question.get());
                  } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                  }
                });
    try {
      return Optional.ofNullable(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      thread.interrupt();
    }
  }

  Finding port(int port) {
    String subject = "Port " + port;
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Finding.ok(subject, "free for ./touchstone up");
    } catch (IOException e) {
      return Finding.lack(
          subject,
          "used by another program: ./touchstone up --port N, where 0 chooses a free one.");
    }
  }

  Finding dataFolder(Path data) {
    String subject = "Data folder";
    Path existing = data.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.fail(
          subject, data + " cannot be written: name another with --data, or TOUCHSTONE_HOME.");
    }
    return Finding.ok(subject, data.toString());
  }

  Finding models(Path folder) {
    String subject = "Models";
    String names;
    try {
      names =
          new ModelStore(folder)
              .list().stream()
                  .map(model -> model.manifest().name())
                  .distinct()
                  .collect(Collectors.joining(", "));
    } catch (UncheckedIOException e) {
      return Finding.lack(subject, folder + " cannot be read.");
    }
    return names.isEmpty()
        ? Finding.lack(
            subject,
            "none is installed; their detectors abstain: ./touchstone models list --available")
        : Finding.ok(subject, names);
  }
}
