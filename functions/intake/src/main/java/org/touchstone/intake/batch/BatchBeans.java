package org.touchstone.intake.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.touchstone.intake.detectors.DetectorCatalogue;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;

/** Wires batches. */
@ApplicationScoped
public class BatchBeans {
  @Produces
  @Singleton
  BatchService batchService(
      BatchStore batches,
      BatchQueue queue,
      ObjectMapper json,
      DetectorCatalogue detectors,
      InstantSource clock) {
    return new BatchService(
        batches, queue, new BatchReader(json, detectors::check), clock, new SecureRandom());
  }
}
