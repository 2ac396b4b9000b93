package org.touchstone.infra.cost;

import static org.touchstone.infra.cost.Figures.usd;

/** What it costs to sell a deployment. */
final class SellingSection {
  /** The export runs every quarter of an hour. */
  private static final int RUNS_PER_MONTH = 4 * 730;

  private static final double SECONDS_OF_A_RUN = 2;
  private static final double GB_OF_A_RUN = 0.5;

  /** The queue of notices. */
  private static final int POLLED_QUEUES = 1;

  /** Errors of three functions, an export that is late or has stopped, and lost notices. */
  private static final int ALARMS = 6;

  /** Of an account in a run: its state, its sealed hours, and three days of the ledger. */
  private static final int LISTS_OF_A_RUN = 5;

  private final PriceList prices;

  SellingSection(PriceList prices) {
    this.prices = prices;
  }

  String render() {
    double runs =
        RUNS_PER_MONTH
            * (SECONDS_OF_A_RUN * GB_OF_A_RUN * prices.price("lambda-gb-second").usd()
                + prices.price("lambda-request").usd());
    double standing =
        runs
            + Bill.pollingOf(prices, POLLED_QUEUES)
            + ALARMS * prices.price("alarm-metric-month").usd()
            + prices.price("secret-month").usd();
    double account = RUNS_PER_MONTH * LISTS_OF_A_RUN * prices.price("s3-put").usd();
    return """

        ## Selling

        `billing` is not in `touchstone.yaml` by default, and then nothing of it is deployed: 0 USD. On AWS Marketplace and by Stripe together it adds %s USD a
        month at rest, for the export's runs, a queue that Lambda polls, six alarms and a secret, and each account that was bought %s USD a month.
        What AWS Marketplace and Stripe keep of the price is theirs.
        """
        .formatted(usd(standing), usd(account));
  }
}
