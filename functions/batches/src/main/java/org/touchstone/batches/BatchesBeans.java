package org.touchstone.batches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.acceptance.Acceptance;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.PeoplesDecisions;

/**
 * Wires the function. Configuration: {@code touchstone.batches.at-once}, the most analyses of a
 * batch that are open at once.
 */
@ApplicationScoped
public class BatchesBeans {
  private static final String DEFAULT_AT_ONCE = "50";

  @Produces
  @Singleton
  Follower follower(
      BatchStore batches,
      AnalysisStore analyses,
      PeoplesDecisions people,
      BatchQueue queue,
      EventQueue events,
      Acceptance acceptance,
      AccountStore accounts,
      @ConfigProperty(name = "touchstone.batches.at-once", defaultValue = DEFAULT_AT_ONCE)
          int atOnce,
      InstantSource clock) {
    return new Follower(
        batches,
        analyses,
        people,
        queue,
        events,
        starter(acceptance, accounts),
        atOnce,
        clock,
        new SecureRandom());
  }

  /** Starts lines as the API starts analyses, for accounts that are still accepted. */
  private static Starter starter(Acceptance acceptance, AccountStore accounts) {
    return (batch, item) -> {
      if (accounts
          .find(batch.accountId())
          .filter(account -> account.suspendedAt() != null)
          .isPresent()) {
        throw new ProblemException(ProblemType.ACCOUNT_SUSPENDED);
      }
      return acceptance
          .accept(
              new AcceptRequest(
                  batch.accountId(),
                  batch.keyId(),
                  AnalysisInput.ofUrl(item.url()),
                  batch.optionsOf(item),
                  null,
                  null,
                  null,
                  new BatchLine(batch.id(), item.line())))
          .id();
    };
  }
}
