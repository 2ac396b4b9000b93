package org.touchstone.infra.cost;

import static org.touchstone.infra.cost.Figures.count;
import static org.touchstone.infra.cost.Figures.number;
import static org.touchstone.infra.cost.Figures.price;
import static org.touchstone.infra.cost.Figures.usd;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.infra.cost.PriceList.Workload;

/** The bills as a page for people. */
public final class CostPage {
  private static final int THOUSAND = 1000;

  /** The combinations of dimensions' values that one endpoint and a few platforms give. */
  private static final int DETAILED_METRICS = 52;

  private static final int QUEUES_OF_VOTERS = 3;

  /** Errors of the function, and the age of jobs that may not wait and of dead letters. */
  private static final int ALARMS_OF_VOTERS = 3;

  private static final double VOTERS_GB = 1;

  private static final double WEBHOOKS_GB = 0.5;

  /** The time limit of an attempt. */
  private static final double SECONDS_OF_SLOWNESS = 15;

  /** What the delivery of one event to one webhook takes: of the event, and of the attempt. */
  private static final Map<String, Double> OF_A_DELIVERY =
      Map.of(
          "sqs-request", 6.0,
          "lambda-request", 2.0,
          "lambda-gb-second", 0.3,
          "s3-put", 9.0,
          "s3-get", 14.0);

  private CostPage() {}

  /** The page, in Markdown, from the bundled prices. */
  public static String render() {
    PriceList prices = PriceList.bundled();
    StringBuilder page = new StringBuilder();
    List<Bill> bills =
        prices.workloads().stream().map(work -> Bill.of(prices, work, Way.CPU)).toList();
    introduction(page, prices);
    months(page, prices, bills);
    thousands(page, prices);
    page.append(new LanesSection(prices).render());
    lines(page, prices, bills);
    transitions(page);
    waits(page, prices);
    figures(page, prices);
    voters(page, prices);
    webhooks(page, prices);
    page.append(new SellingSection(prices).render());
    page.append(new BotSection(prices).render());
    return page.toString();
  }

  private static void introduction(StringBuilder page, PriceList prices) {
    page.append(
        """
        # What it costs

        Computed by `./touchstone cost` from one file, `infra/src/main/resources/org/touchstone/infra/cost/prices.json`: AWS' list prices of %s, %s, and what an
        analysis is assumed to take. Nothing is fetched when it runs: compare the prices with AWS' pages, and the assumptions with your own metrics, change the
        file and run it again. Data sent to the internet, taxes and support are left out; spot capacity is some 60 to 70 %% cheaper than the GPU price used here.

        """
            .formatted(prices.region(), prices.asOf()));
  }

  private static void months(StringBuilder page, PriceList prices, List<Bill> bills) {
    page.append(
        "| a month | images | videos | USD, list | USD, after what every account has free |\n");
    page.append("|---|---|---|---|---|\n");
    for (int i = 0; i < bills.size(); i++) {
      Workload work = prices.workloads().get(i);
      page.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  work.name(),
                  count(work.images()),
                  count(work.videos()),
                  usd(bills.get(i).list()),
                  usd(bills.get(i).afterFree())));
    }
    page.append('\n');
  }

  private static void thousands(StringBuilder page, PriceList prices) {
    Bill images = Bill.marginal(prices, THOUSAND, 0, 0, false);
    Bill minutes = Bill.marginal(prices, 0, THOUSAND, 1, false);
    Bill gpuImages = Bill.marginal(prices, THOUSAND, 0, 0, true);
    Bill gpuMinutes = Bill.marginal(prices, 0, THOUSAND, 1, true);
    page.append(
        """
        These are months of the default deployment, whose CPU lane does all jobs: images, and videos of a minute. On endpoints that are busy already, list prices:
        **1,000 images cost %s USD, 1,000 video minutes %s USD** in the CPU lane, and %s and %s USD in the GPU lane.

        """
            .formatted(
                usd(images.list()),
                usd(minutes.list()),
                usd(gpuImages.list()),
                usd(gpuMinutes.list())));
  }

  private static void lines(StringBuilder page, PriceList prices, List<Bill> bills) {
    page.append(
        "## Line by line\n\nUSD a month at list prices, and the price of one.\n\n| of | price |");
    prices.workloads().forEach(work -> page.append(" ").append(work.name()).append(" |"));
    page.append("\n|---|---|").append("---|".repeat(bills.size())).append('\n');
    for (int row = 0; row < bills.getFirst().lines().size(); row++) {
      Bill.Line line = bills.getFirst().lines().get(row);
      page.append(
          "| [%s](%s) | %s |"
              .formatted(line.price().unit(), line.price().source(), price(line.price().usd())));
      for (Bill bill : bills) {
        page.append(" %s |".formatted(usd(bill.lines().get(row).list())));
      }
      page.append('\n');
    }
    page.append('\n');
  }

  private static void transitions(StringBuilder page) {
    page.append(
        """
        ## State transitions

        An analysis enters %d states once (%s) and %s once for each job: an image is one job, a video two, pictures and sound. Jobs of one post at the same endpoint share the first of these. Retries add one each.

        """
            .formatted(
                Transitions.ONCE.size(),
                String.join(", ", Transitions.ONCE),
                String.join(" and ", Transitions.PER_JOB)));
  }

  /** The requests that wait until an analysis changes. */
  private static void waits(StringBuilder page, PriceList prices) {
    double seconds = prices.assumed("waitSeconds");
    double waiting = seconds * prices.assumed("intakeGb") * prices.price("lambda-gb-second").usd();
    double requests =
        prices.price("api-request").usd()
            + prices.price("lambda-request").usd()
            + prices.assumed("s3PutsPerWait") * prices.price("s3-put").usd()
            + prices.assumed("s3GetsPerWait") * prices.price("s3-get").usd();
    page.append(
        """
        ## Requests that wait

        `GET /v1/analyses/{id}?wait=20` holds a request until the analysis changes. **1,000 waits of %s seconds cost %s USD** at list prices: %s for the
        function's time, the rest for requests. Meanwhile the function looks every two seconds whether there is something new, and the places to wait are
        counted in the bucket: %s requests of the dearer kind, %s of the other. A shorter wait costs less in proportion.

        """
            .formatted(
                number(seconds),
                usd(THOUSAND * (waiting + requests)),
                usd(THOUSAND * waiting),
                number(prices.assumed("s3PutsPerWait")),
                number(prices.assumed("s3GetsPerWait"))));
  }

  private static void figures(StringBuilder page, PriceList prices) {
    page.append("## What is assumed\n\n| figure | value |\n|---|---|\n");
    Map<String, Double> figures = new TreeMap<>(prices.deployment());
    figures.putAll(prices.assumptions());
    figures.forEach((name, value) -> page.append("| `%s` | %s |%n".formatted(name, number(value))));
    page.append(
        """

        `cpuScaling` is the share of additional vCPUs that makes work faster. `cpuKeptMinutes` is how long Lambda is taken to keep an instance without work.
        At rest, the bill of an account that uses none of its free dashboards, alarms and SQS requests elsewhere is that of the last column. At list prices,
        `dashboard: false` saves %s USD a month, and `secrets: []` %s where no platform is asked with keys.
        At idle the queues that trigger functions are polled by Lambda, five long polls at a time each, which is most of the SQS requests. Custom metrics cost only
        in hours in which something is written: nothing at idle, and else the hours in which jobs arrive. CloudWatch counts each name with each combination of
        its dimensions' values: these %s are written once, or once for each endpoint; two are written by GPU endpoints only. `metrics: {detailed: true}` adds some
        50 more, for up to %s USD a month (see metrics.md).
        """
            .formatted(
                usd(prices.deployed("dashboards") * prices.price("dashboard-month").usd()),
                usd(prices.deployed("secrets") * prices.price("secret-month").usd()),
                number(prices.deployed("customMetrics")),
                usd(DETAILED_METRICS * prices.price("metric-month").usd())));
  }

  private static void webhooks(StringBuilder page, PriceList prices) {
    double delivery =
        OF_A_DELIVERY.entrySet().stream()
            .mapToDouble(part -> part.getValue() * prices.price(part.getKey()).usd())
            .sum();
    page.append(
        """

        ## Webhooks

        An event that one webhook accepts at once costs %s USD, 1,000 of them %s USD: two calls of the function, six requests of SQS, nine writes and fourteen
        reads of S3. Each further attempt costs about half of that, and a receiver that lets each attempt wait for 15 seconds %s USD more.
        """
            .formatted(
                price(delivery),
                usd(THOUSAND * delivery),
                price(SECONDS_OF_SLOWNESS * WEBHOOKS_GB * prices.price("lambda-gb-second").usd())));
  }

  private static void voters(StringBuilder page, PriceList prices) {
    double standing =
        Bill.pollingOf(prices, QUEUES_OF_VOTERS)
            + ALARMS_OF_VOTERS * prices.price("alarm-metric-month").usd();
    page.append(
        """

        ## Voters of other organisations

        None is listed in `touchstone.yaml` by default, and then nothing of them is deployed: 0 USD. The first one adds %s USD a month at rest, for three queues
        that Lambda polls and three alarms, and each secret %s USD. What the providers charge is theirs: `usdPerCall` and `usdPerMonth` of each voter bound it
        (see voters.md). Lambda waits for their answers with %s GB: a second of waiting is %s USD.
        """
            .formatted(
                usd(standing),
                usd(prices.price("secret-month").usd()),
                number(VOTERS_GB),
                price(VOTERS_GB * prices.price("lambda-gb-second").usd())));
  }
}
