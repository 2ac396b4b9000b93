package org.touchstone.intake.money;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.billing.Spending;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;

/**
 * The header that tells what an analysis costs: {@code Touchstone-Cost: 12500;currency="USD"}, an
 * integer of RFC 9651 in millionths of the currency.
 */
@ApplicationScoped
public class Costs {
  /** The header's name. */
  public static final String HEADER = "Touchstone-Cost";

  private final Spending spending;
  private final InstantSource clock;

  @Inject
  public Costs(Spending spending, InstantSource clock) {
    this.spending = spending;
    this.clock = clock;
  }

  /** The least that an analysis costs which is accepted now. */
  public String least(JobOptions options) {
    return text(spending.least(options, clock.instant()));
  }

  /** What an analysis cost; empty when it goes on, or has failed and costs nothing. */
  public Optional<String> of(String accountId, Analysis analysis) {
    if (analysis.status() != AnalysisStatus.COMPLETE || analysis.timings().total() == null) {
      return Optional.empty();
    }
    return spending
        .billed(
            accountId, analysis.id(), analysis.createdAt().plusMillis(analysis.timings().total()))
        .map(Costs::text);
  }

  private static String text(Spending.Price price) {
    return price.micros() + ";currency=\"" + price.currency() + "\"";
  }
}
