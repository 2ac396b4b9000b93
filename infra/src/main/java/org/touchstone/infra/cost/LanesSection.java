package org.touchstone.infra.cost;

import static org.touchstone.infra.cost.Figures.number;
import static org.touchstone.infra.cost.Figures.rounded;
import static org.touchstone.infra.cost.Figures.usd;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.cost.PriceList.Measurement;
import org.touchstone.infra.cost.PriceList.Workload;

/** What the cost page says of the lanes: a month in each, a job in each, the first verdict. */
final class LanesSection {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final int THOUSAND = 1000;
  private static final List<String> DISKS_AND_ADDRESSES = List.of("disk-gb-month", "address-hour");

  private final PriceList prices;
  private final CpuLane cpu;

  LanesSection(PriceList prices) {
    this.prices = prices;
    cpu = new CpuLane(prices);
  }

  String render() {
    return months() + jobs() + firstVerdict() + measured();
  }

  private String months() {
    Workload light = prices.workloads().get(1);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ## The lanes

        The same light month, its jobs one at a time: %s analyses evenly over %s office hours, one every %s minutes. USD at list prices.

        | way | paid for | of it without work | time | disks, addresses | container images | logs | the whole month |
        |---|---|---|---|---|---|---|---|
        """
            .formatted(
                Figures.count(light.analyses()),
                number(light.hours()),
                rounded(light.gapMinutes())));
    for (Way way : Way.values()) {
      text.append(month(light, way));
    }
    text.append(
        """

        - **CPU lane**: Lambda is paid per second of work. It says nothing about how long it keeps an instance without work; with more than %s minutes between jobs
          every job is taken to start a new one, which fetches the models for the job's track.
        - **GPU lane**: an instance is paid for from its start (%s minutes to the first job) until it ends (%s minutes after the last job: ten until the task leaves,
          fifteen until ECS ends the instance). Jobs that follow sooner keep it, here all day. `schedule` in `touchstone.yaml` keeps one in office hours only.
        - Both lanes are deployed in each row. A GPU lane without jobs costs its image, its alarms and the polling of its dead-letter queue.
        - The GPU's price is that of g4dn.xlarge on demand. Spot capacity is some 60 to 70 %% cheaper; g6.xlarge, which is tried first, is half as dear again.

        """
            .formatted(
                number(prices.assumed("cpuKeptMinutes")),
                number(prices.assumed("gpuMinutesBeforeWork")),
                number(prices.assumed("gpuMinutesAfterWork"))));
    return text.toString();
  }

  private String month(Workload work, Way way) {
    Bill bill = Bill.of(prices, work, way);
    Way.Use use = way.use(prices, work);
    double hours = use.gpuHours() + use.cpuSeconds() / SECONDS_PER_HOUR;
    double working =
        way == Way.CPU
            ? cpu.workingSeconds(work) / SECONDS_PER_HOUR
            : new GpuLane(prices).workingHours(work);
    double time =
        way == Way.CPU ? use.cpuSeconds() * cpuSecondUsd() : bill.list(List.of("gpu-hour"));
    return "| %s | %s h | %s h | %s | %s | %s | %s | **%s** |%n"
        .formatted(
            way.label(),
            rounded(hours),
            rounded(hours - working),
            usd(time),
            usd(bill.list(DISKS_AND_ADDRESSES)),
            usd(bill.list(List.of("image-gb-month"))),
            usd(bill.list(List.of("log-gb"))),
            usd(bill.list()));
  }

  private String jobs() {
    return """
        ### A job

        | job | CPU lane, warm | of a new instance | 1,000 of them, warm | 1,000 of them, each new | 1,000 on a busy GPU |
        |---|---|---|---|---|---|
        """
        + job(
            "image", cpu.imageSeconds(), cpu.coldPictureSeconds(), gpuSeconds("gpuSecondsPerImage"))
        + job(
            "a minute of video, pictures",
            cpu.videoSeconds(1),
            cpu.coldPictureSeconds(),
            gpuSeconds("gpuSecondsPerVideo"))
        + job("a minute of sound", cpu.soundSeconds(1), cpu.coldSoundSeconds(), Double.NaN)
        + """

        Seconds of a function with %s GB, which has %s vCPUs; USD at list prices. The GPU's seconds for a video are those for pictures and sound together.
        Past the point where a GPU is busy most of the day, compare the last columns: then give the CPU lane fewer detectors, or none.

        """
            .formatted(number(cpu.gb()), rounded(cpu.vcpus()));
  }

  private double cpuSecondUsd() {
    return cpu.gb() * prices.price("lambda-gb-second").usd()
        + cpu.diskGb() * prices.price("lambda-disk-gb-second").usd();
  }

  private double gpuSeconds(String figure) {
    return prices.assumed(figure) / prices.assumed("gpuUtilisation");
  }

  private String job(String name, double seconds, double startSeconds, double gpuSeconds) {
    double cold = seconds + startSeconds;
    return "| %s | %s s | %s s | %s | %s | %s |%n"
        .formatted(
            name,
            rounded(seconds),
            rounded(cold),
            usd(THOUSAND * seconds * cpuSecondUsd()),
            usd(THOUSAND * cold * cpuSecondUsd()),
            Double.isNaN(gpuSeconds)
                ? "with the pictures"
                : usd(THOUSAND * gpuSeconds / SECONDS_PER_HOUR * prices.price("gpu-hour").usd()));
  }

  private String firstVerdict() {
    StringBuilder text =
        new StringBuilder(
            """
            ### The first verdict on an image when nothing runs

            The sum of parts, on paper: not measured on AWS. What needs no detector, the report of `metadata` and a preliminary verdict, is there after `resolve`.

            | step | seconds | from |
            |---|---|---|
            """);
    double sum = 0;
    for (PriceList.Step step : prices.firstVerdict()) {
      double seconds = prices.seconds(step);
      sum += seconds;
      text.append(
          "| %s | %s | %s |%n".formatted(step.step(), rounded(seconds), prices.source(step)));
    }
    text.append(
        """
        | **together** | **%s** | |

        The models are most of it. An instance fetches those for the job's track only, so a picture does not wait for the models that listen. `models` of a CPU
        endpoint in `touchstone.yaml` leaves more out: without `gend-clip` an instance fetches 44 MB, and does not tell swapped faces.

        """
            .formatted(rounded(sum)));
    return text.toString();
  }

  private String measured() {
    StringBuilder text =
        new StringBuilder(
            """
            ### Measured for a job

            Measured on x86-64, and taken for arm64 too, where they are **estimates**. Those from estimates are that on any machine; `./touchstone bench lane` measures them.

            | figure | value | from |
            |---|---|---|
            """);
    for (Map.Entry<String, Measurement> figure : prices.measured().entrySet()) {
      text.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  figure.getKey(), number(figure.getValue().value()), figure.getValue().source()));
    }
    return text.append('\n').toString();
  }
}
