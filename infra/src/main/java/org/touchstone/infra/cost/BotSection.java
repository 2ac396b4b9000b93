package org.touchstone.infra.cost;

import static org.touchstone.infra.cost.Figures.usd;

/** What the mention bot costs: AWS' part, and X's price list. */
final class BotSection {
  /** A poll every 5 minutes. */
  private static final int POLLS_PER_MONTH = 12 * 730;

  private static final double SECONDS_OF_A_POLL = 1;
  private static final double GB_OF_A_RUN = 0.5;

  /** Lease, state, lists and day of a poll without mentions. */
  private static final int WRITES_OF_A_POLL = 4;

  private static final int LISTS_OF_A_POLL = 4;
  private static final int READS_OF_A_POLL = 8;

  /** Age of the queue, failures, dead letters, and errors of two functions. */
  private static final int ALARMS = 5;

  /** The key of the API, and one account. */
  private static final int SECRETS = 2;

  private static final int METRICS = 2;

  /** X's prices of 2026-08 in US dollars: of a mention, of the post above it, and of replies. */
  private static final double X_MENTION = 0.001;

  private static final double X_POST = 0.005;
  private static final double X_REPLY = 0.010;
  private static final double X_REPLY_WITH_LINK = 0.200;

  private final PriceList prices;

  BotSection(PriceList prices) {
    this.prices = prices;
  }

  String render() {
    double poll =
        SECONDS_OF_A_POLL * GB_OF_A_RUN * prices.price("lambda-gb-second").usd()
            + prices.price("lambda-request").usd()
            + (WRITES_OF_A_POLL + LISTS_OF_A_POLL) * prices.price("s3-put").usd()
            + READS_OF_A_POLL * prices.price("s3-get").usd();
    double standing =
        POLLS_PER_MONTH * poll
            + ALARMS * prices.price("alarm-metric-month").usd()
            + SECRETS * prices.price("secret-month").usd()
            + METRICS * prices.price("metric-month").usd();
    double handled = X_MENTION + X_POST + X_REPLY;
    return """

        ## The mention bot

        `bot` is not in `touchstone.yaml` by default, and then nothing of it is deployed: 0 USD. With one platform, polled every 5 minutes, it adds %s USD a
        month at rest: the polls with their requests to S3, five alarms, two secrets and two custom metrics. A mention's analysis costs what any other does.

        X charges for calls (prices of August 2026): %s USD for a mention that is read, %s for the post above it and %s for the reply, together %s USD for a
        handled mention, and %s USD for 1,000. A reply with a link may cost %s USD: `link` is off by default. What repeats within a day, X counts once.
        Mastodon and Bluesky charge nothing. `monthlyCapUsd` bounds what a platform may charge in a month.
        """
        .formatted(
            usd(standing),
            usd(X_MENTION),
            usd(X_POST),
            usd(X_REPLY),
            usd(handled),
            usd(1000 * handled),
            usd(X_REPLY_WITH_LINK));
  }
}
