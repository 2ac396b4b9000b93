package org.touchstone.worker.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.touchstone.worker.QueueWorker;
import org.touchstone.worker.WorkerConfig;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A worker in a separate process that gets stuck in its first job, where tests kill it. */
public final class DoomedProcess implements AutoCloseable {
  private static final String STUCK = "stuck";

  private final Process process;

  private DoomedProcess(Process process) {
    this.process = process;
  }

  /** Starts the process on a queue that is empty or has a single message. */
  public static DoomedProcess start(Servers servers, Plant plant, Path folder) throws IOException {
    return new DoomedProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DoomedProcess.class.getName(),
                    servers.s3().endpoint().toString(),
                    servers.s3().credentials().accessKeyId(),
                    servers.s3().credentials().secretAccessKey(),
                    plant.work().objects().bucket(),
                    servers.sqs().endpoint().toString(),
                    plant.queue().url(),
                    plant.stepFunctions().endpoint().toString(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits until the worker is stuck. */
  public void awaitStuck() throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); !STUCK.equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IllegalStateException("the process ended by itself");
      }
    }
  }

  /** Kills the process as the kernel would, without a chance to clean up. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Gate never = new Gate();
    TestDetector stuck =
        new TestDetector(
            "steady",
            "1",
            media -> {
              System.out.println(STUCK);
              never.pass();
              throw new IllegalStateException("the gate never opens");
            });
    WorkerConfig.Cadence brief =
        new WorkerConfig.Cadence(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    Workplace work =
        new Workplace(
            URI.create(args[0]),
            AwsBasicCredentials.create(args[1], args[2]),
            args[3],
            Path.of(args[7]));
    SqsClient sqs = Queue.client(URI.create(args[4]));
    SfnClient stepFunctions = LoopbackStepFunctions.client(URI.create(args[6]));
    new QueueWorker(
            sqs,
            stepFunctions,
            work.service(stuck),
            work.analyses(),
            new WorkerConfig(args[5], 1, brief))
        .start();
    Thread.currentThread().join();
  }
}
