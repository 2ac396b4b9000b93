package org.touchstone.payers.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process dies at each call that a run makes, before the call leaves or when it is done and the
 * answer is lost. What is sent in the end is what the ledger says.
 */
class DeathTest {
  private static final Instant ELEVEN = Instant.parse("2026-11-10T11:05:00Z");
  private static final int MORE_THAN_A_RUN = 200;

  @ParameterizedTest
  @CsvSource({
    "marketplace, false",
    "marketplace, true",
    "stripe, false",
    "stripe, true",
  })
  void leavesTheSumsEqual(String service, boolean after) {
    boolean stripe = service.equals("stripe");
    try (Exports exports = new Exports()) {
      Function<Exports, MeterExporter> to = stripe ? Exports::toStripe : Exports::toMarketplace;
      MeterExporter exporter = to.apply(exports);
      int call = 0;
      for (boolean died = true; died; call++) {
        assertThat(call).isLessThan(MORE_THAN_A_RUN);
        String account = (stripe ? "cus_" : "9") + call;
        died = liveAndDie(exports, exporter, account, stripe, call, after);
      }
      assertThat(call).as("calls of a run").isGreaterThan(8);
    }
  }

  private static boolean liveAndDie(
      Exports exports,
      MeterExporter exporter,
      String account,
      boolean stripe,
      int call,
      boolean after) {
    exports.clock.to(ELEVEN);
    if (stripe) {
      exports.customer(account);
    } else {
      exports.buyer(account);
    }
    exports.use(account, Instant.parse("2026-11-10T09:10:00Z"));
    exports.use(account, Instant.parse("2026-11-10T09:50:00Z"));
    exports.use(account, Instant.parse("2026-11-10T10:10:00Z"));
    boolean died = exports.die(exporter, call, after);
    // Late, while the process was dead.
    exports.use(account, Instant.parse("2026-11-10T09:30:00Z"));
    for (int hour = 0; hour < 3; hour++) {
      exports.clock.on(Duration.ofMinutes(15));
      exports.run(exporter);
      exports.clock.on(Duration.ofMinutes(45));
    }
    exports.run(exporter);

    long units = stripe ? exports.stripe.units(account) : exports.marketplace.units(account);
    assertThat(units * Exports.UNIT + exports.carried(exporter, account))
        .as("dead at call %d", call)
        .isEqualTo(exports.owed(account));
    assertThat(exports.books.read(exporter.name(), account).state().current()).isNull();
    exports.retire(account);
    return died;
  }
}
