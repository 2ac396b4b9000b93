package org.touchstone.emulators.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The process of a function, started as Lambda starts it in a new execution environment. */
public final class FunctionProcess implements AutoCloseable {
  /** Time limit for a start and an event together, also on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Held while a JVM function starts. AWS' client of the runtime's interface unpacks its native
   * library to one fixed path and loads it from there: a process that starts meanwhile would load
   * half a file, and crash.
   */
  private static final ReentrantLock STARTING = new ReentrantLock();

  private final LoopbackRuntimeApi api;
  private final Process process;
  private final List<String> output = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private final Thread reader;

  /**
   * Starts the process of a function with Lambda's longest timeout.
   *
   * @param environment the function's own variables; the process sees only these and Lambda's
   */
  public FunctionProcess(FunctionProgram function, Map<String, String> environment)
      throws IOException {
    this(function, environment, LoopbackRuntimeApi.LONGEST);
  }

  /**
   * Starts the process.
   *
   * @param environment the function's own variables; the process sees only these and Lambda's
   * @param timeout the function's timeout. The process is told of it, and not ended by it
   */
  public FunctionProcess(
      FunctionProgram function, Map<String, String> environment, Duration timeout)
      throws IOException {
    api = new LoopbackRuntimeApi(timeout);
    ProcessBuilder builder =
        new ProcessBuilder(function.command())
            .directory(function.folder().toFile())
            .redirectErrorStream(true);
    Map<String, String> all = builder.environment();
    all.clear();
    all.putAll(
        Map.of(
            "PATH", "/usr/local/bin:/usr/bin:/bin",
            "AWS_LAMBDA_RUNTIME_API", api.address(),
            "AWS_LAMBDA_FUNCTION_NAME", "touchstone",
            "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
            "AWS_LAMBDA_LOG_FORMAT", "Text",
            "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand",
            "LAMBDA_TASK_ROOT", function.folder().toString(),
            "_HANDLER", function.handler()));
    all.putAll(environment);
    STARTING.lock();
    try {
      process = builder.start();
      reader = Thread.ofVirtual().start(this::read);
      if (!function.isNative()) {
        awaitStart();
      }
    } finally {
      STARTING.unlock();
    }
  }

  /** Returns when the process has started, has ended, or takes too long; events wait for it. */
  private void awaitStart() {
    CompletableFuture.anyOf(api.started(), process.onExit())
        .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /**
   * Sends an event and waits for the answer.
   *
   * @throws IllegalStateException when the process ended, or did not answer within three minutes;
   *     the message has its output
   */
  public Invocation invoke(String payload, String traceHeader) throws InterruptedException {
    return await(api.invoke(payload, traceHeader));
  }

  /** Waits until the process reports that it cannot start. */
  public Invocation.Failure awaitInitError() throws InterruptedException {
    return await(api.initError());
  }

  /**
   * Waits until the process has ended by itself.
   *
   * @return its exit code
   * @throws IllegalStateException when it still runs after a minute; the message has its output
   */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the function does not end: " + output());
    }
    return process.exitValue();
  }

  private <T> T await(CompletableFuture<T> end) throws InterruptedException {
    CompletableFuture<Process> exit = process.onExit();
    try {
      CompletableFuture.anyOf(end, exit).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (end.isDone()) {
        return end.get();
      }
      reader.join(PATIENCE);
      throw new IllegalStateException("the function ended: " + output());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the function does not answer: " + output(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of output so far, which Lambda would put into the function's log. */
  public List<String> output() {
    lock.lock();
    try {
      return List.copyOf(output);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a line that contains all of these parts. Output can arrive later than an answer,
   * because the two use different channels.
   *
   * @throws IllegalStateException when there is no such line within three minutes; the message has
   *     the output
   */
  public String awaitLine(String... parts) throws InterruptedException {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (true) {
        for (String line : output) {
          if (Stream.of(parts).allMatch(line::contains)) {
            return line;
          }
        }
        if (left <= 0) {
          throw new IllegalStateException("no such line: " + output);
        }
        left = written.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Its current resident memory in MB; 0 where it is unknown (Linux only, from {@code /proc}). */
  public long residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /** Its largest resident memory so far in MB; 0 where it is unknown. */
  public long peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  private long megabytes(String field) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0)
        / 1024;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    lock.lock();
    try {
      output.add(line);
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    // Process.destroyForcibly would also close the output while it is being read.
    process.toHandle().destroyForcibly();
    process.onExit().join();
    api.close();
  }
}
