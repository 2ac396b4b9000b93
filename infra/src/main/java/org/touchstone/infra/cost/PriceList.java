package org.touchstone.infra.cost;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of prices and of the quantities that they are multiplied by.
 *
 * @param region AWS' region
 * @param asOf the month of the prices
 * @param prices by name
 * @param deployment fixed quantities of an unused deployment
 * @param assumptions each analysis' use of the services
 * @param measured what a job takes in the CPU lane
 * @param firstVerdict the steps to the verdict on an image when nothing runs
 * @param workloads the computed months
 */
record PriceList(
    String region,
    String asOf,
    Map<String, Price> prices,
    Map<String, Double> deployment,
    Map<String, Double> assumptions,
    Map<String, Measurement> measured,
    List<Step> firstVerdict,
    List<Workload> workloads) {

  PriceList {
    prices = Map.copyOf(prices);
    deployment = Map.copyOf(deployment);
    assumptions = new TreeMap<>(assumptions);
    measured = new TreeMap<>(measured);
    firstVerdict = List.copyOf(firstVerdict);
    workloads = List.copyOf(workloads);
  }

  /**
   * A price.
   *
   * @param usd US dollars for one unit
   * @param unit the unit that the price is for
   * @param free free units per month for every account, without a time limit
   * @param source address of AWS' page
   */
  record Price(double usd, String unit, double free, String source) {}

  /**
   * A figure and where it comes from.
   *
   * @param source the measurement, or the word "estimate" and its grounds
   */
  record Measurement(double value, String source) {}

  /**
   * A step on the way to a verdict.
   *
   * @param step what happens
   * @param seconds how long it takes, or null if a measurement says so
   * @param source where the seconds come from, or null if a measurement says so
   * @param measured the measurement: seconds, or gigabytes if there is a rate
   * @param per the measurement of a rate in megabytes per second, or null
   */
  record Step(String step, Double seconds, String source, String measured, String per) {}

  /**
   * A month of use, in which analyses arrive evenly, one at a time.
   *
   * @param hours the hours in which they arrive
   * @param days the days that these hours are part of
   */
  record Workload(
      String name, int images, int videos, double minutesPerVideo, double hours, int days) {
    int analyses() {
      return images + videos;
    }

    /** A video is analysed as pictures and as sound. */
    int jobs() {
      return images + 2 * videos;
    }

    /** Minutes from one analysis to the next. */
    double gapMinutes() {
      return analyses() == 0 ? Double.POSITIVE_INFINITY : hours * 60 / analyses();
    }
  }

  /** The bundled file. */
  static PriceList bundled() {
    try (InputStream in = PriceList.class.getResourceAsStream("prices.json")) {
      return new JsonMapper().readValue(in, PriceList.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Price price(String name) {
    return required(prices, name);
  }

  double deployed(String name) {
    return required(deployment, name);
  }

  double assumed(String name) {
    return required(assumptions, name);
  }

  double measured(String name) {
    return required(measured, name).value();
  }

  /** The seconds of a step. */
  double seconds(Step step) {
    if (step.seconds() != null) {
      return step.seconds();
    }
    double value = measured(step.measured());
    return step.per() == null ? value : value * 1000 / measured(step.per());
  }

  /** Where the seconds of a step come from. */
  String source(Step step) {
    if (step.source() != null) {
      return step.source();
    }
    return step.per() == null
        ? "`" + step.measured() + "`"
        : "`" + step.measured() + "` by `" + step.per() + "`";
  }

  private static <T> T required(Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("prices.json lacks " + name);
    }
    return value;
  }
}
