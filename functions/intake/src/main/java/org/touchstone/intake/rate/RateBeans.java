package org.touchstone.intake.rate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Wires the shaping of rates. Configuration: {@code touchstone.api.requests-per-minute}, how many
 * requests an account may make of one instance in a minute, 0 for any number; on Lambda, where an
 * instance has one request at a time, 600 if it is absent, else any number.
 */
@ApplicationScoped
public class RateBeans {
  private static final int ON_LAMBDA = 600;

  @Produces
  @Singleton
  RateShaper rates(
      @ConfigProperty(name = "touchstone.api.requests-per-minute") Optional<Integer> perMinute,
      InstantSource clock) {
    boolean onLambda = System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null;
    return new RateShaper(perMinute.orElse(onLambda ? ON_LAMBDA : 0), clock);
  }
}
