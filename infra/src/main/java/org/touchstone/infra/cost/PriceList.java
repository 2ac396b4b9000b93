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
 * @param workloads the computed months
 */
record PriceList(
    String region,
    String asOf,
    Map<String, Price> prices,
    Map<String, Double> deployment,
    Map<String, Double> assumptions,
    List<Workload> workloads) {

  PriceList {
    prices = Map.copyOf(prices);
    deployment = Map.copyOf(deployment);
    assumptions = new TreeMap<>(assumptions);
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
   * A month of use.
   *
   * @param gpuStarts how often work arrives at endpoints scaled to zero
   */
  record Workload(String name, int images, int videos, double minutesPerVideo, int gpuStarts) {
    int analyses() {
      return images + videos;
    }

    /** A video is analysed as pictures and as sound. */
    int jobs() {
      return images + 2 * videos;
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

  private static <T> T required(Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("prices.json lacks " + name);
    }
    return value;
  }
}
