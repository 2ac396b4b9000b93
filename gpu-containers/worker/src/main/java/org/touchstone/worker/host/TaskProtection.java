package org.touchstone.worker.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Prevents ECS from ending this task to scale in or to deploy while a job runs
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html).
 * Protection is renewed while it is needed, and expires by itself if the container hangs. A job
 * also runs without protection: if its task is ended, the queue delivers the job again.
 * Thread-safe.
 */
public final class TaskProtection implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TaskProtection.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** The range of expiry times that ECS accepts. */
  private static final Duration MIN = Duration.ofMinutes(1);

  private static final Duration MAX = Duration.ofHours(48);

  private final URI state;
  private final Duration expiry;
  private final HttpClient http;
  private final ScheduledExecutorService renewals;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;
  private int holders;
  private ScheduledFuture<?> renewal;

  /**
   * @param agent ECS' agent, {@code ECS_AGENT_URI}; null outside of ECS
   * @param expiry how long protection lasts unless it is renewed, 1 minute to 48 hours
   */
  public TaskProtection(URI agent, Duration expiry) {
    Objects.requireNonNull(expiry, "expiry");
    if (expiry.compareTo(MIN) < 0 || expiry.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("expiry is outside 1 minute..48 hours");
    }
    this.state = agent == null ? null : URI.create(agent + "/task-protection/v1/state");
    this.expiry = expiry;
    this.http = agent == null ? null : HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    this.renewals =
        agent == null
            ? null
            : Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("task-protection").factory());
  }

  /**
   * Creates protection that lasts, unless renewed, twice as long as a job may take, within the
   * range that ECS accepts.
   *
   * @param agent the ECS agent, {@code ECS_AGENT_URI}; null outside of ECS
   * @param longestJob how long a job may take
   */
  public static TaskProtection ofJobs(URI agent, Duration longestJob) {
    long minutes = longestJob.plus(longestJob).toMinutes();
    return new TaskProtection(
        agent, Duration.ofMinutes(Math.clamp(minutes, MIN.toMinutes(), MAX.toMinutes())));
  }

  /** No protection, for machines that are not ECS tasks. */
  public static TaskProtection none() {
    return new TaskProtection(null, Duration.ofHours(1));
  }

  /** Begins a job. For the first of several, it returns once the agent was asked for protection. */
  public void hold() {
    if (state == null) {
      return;
    }
    lock.lock();
    try {
      if (holders++ == 0 && !closed) {
        protect();
        long half = expiry.toMillis() / 2;
        renewal = renewals.scheduleAtFixedRate(this::renew, half, half, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a job that was begun with {@link #hold}. */
  public void release() {
    if (state == null) {
      return;
    }
    lock.lock();
    try {
      if (--holders == 0 && !closed) {
        renewal.cancel(false);
        put("{\"ProtectionEnabled\":false}");
      }
    } finally {
      lock.unlock();
    }
  }

  private void renew() {
    lock.lock();
    try {
      if (holders > 0 && !closed) {
        protect();
      }
    } finally {
      lock.unlock();
    }
  }

  private void protect() {
    put("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":" + expiry.toMinutes() + "}");
  }

  /**
   * A stopped job ends on an interrupted thread. The agent must be told all the same, or the task
   * stays protected with nothing to do.
   */
  private void put(String body) {
    boolean interrupted = Thread.interrupted();
    try {
      send(body);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The agent answers 200 with a {@code failure} if ECS refused. */
  private void send(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(state)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200 || response.body().contains("\"failure\"")) {
        LOG.warnf("task protection was refused, status %d", response.statusCode());
      }
    } catch (IOException e) {
      LOG.warnf("ECS' agent does not answer: %s", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (state == null) {
      return;
    }
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    renewals.shutdownNow();
    http.close();
  }
}
