package org.touchstone.endpoint.container;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.worker.AbandonedFolders;
import org.touchstone.worker.QueueWorker;

/**
 * Starts and drains the container. On SIGTERM it stops accepting jobs at once. Requests and jobs
 * under way get time to finish; jobs that need longer go back to the queue.
 */
@ApplicationScoped
public class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  private final EndpointConfig config;
  private final Instance<QueueWorker> workers;
  private volatile Optional<QueueWorker> worker = Optional.empty();
  private volatile Optional<AbandonedFolders> abandoned = Optional.empty();
  private volatile boolean draining;

  public Lifecycle(EndpointConfig config, Instance<QueueWorker> workers) {
    this.config = config;
    this.workers = workers;
  }

  /** Whether the container accepts work. */
  public boolean isReady() {
    return !draining && worker.map(QueueWorker::isReceiving).orElse(true);
  }

  void start(@Observes StartupEvent event) {
    // A job writes to its folder for most of its time, so twice its time is long enough.
    abandoned =
        Optional.of(
            AbandonedFolders.deleteIn(
                config.workFolder(), config.jobTimeout().multipliedBy(2), InstantSource.system()));
    if (config.queueUrl().isPresent()) {
      QueueWorker queueWorker = workers.get();
      queueWorker.start();
      worker = Optional.of(queueWorker);
      LOG.infof("endpoint %s receives jobs from its queue", config.name());
    }
  }

  void beginDrain(@Observes ShutdownDelayInitiatedEvent event) {
    draining = true;
    worker.ifPresent(QueueWorker::stopReceiving);
  }

  void drain(@Observes ShutdownEvent event) {
    draining = true;
    abandoned.ifPresent(AbandonedFolders::close);
    worker.ifPresent(QueueWorker::close);
  }
}
