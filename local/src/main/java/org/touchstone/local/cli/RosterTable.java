package org.touchstone.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Roster;

/** A roster for people: what each lane runs, and what runs nowhere. */
final class RosterTable {
  private static final double MEGA = 1 << 20;

  private RosterTable() {}

  static String render(Roster roster) {
    StringBuilder out = new StringBuilder();
    for (Compute lane : Compute.values()) {
      for (Roster.Endpoint endpoint : roster.endpoints()) {
        if (endpoint.compute() == lane) {
          out.append(line(endpoint)).append(System.lineSeparator());
        }
      }
    }
    Map<String, String> absent = absent(roster);
    if (!absent.isEmpty()) {
      out.append("Not installed:").append(System.lineSeparator());
      absent.forEach(
          (name, why) ->
              out.append(
                  String.format(
                      Locale.ROOT,
                      "  %-14s %s%n",
                      ResultTable.clean(name),
                      ResultTable.printable(why))));
    }
    return out.toString();
  }

  private static String line(Roster.Endpoint endpoint) {
    String running =
        endpoint.detectors().stream()
            .filter(Roster.Detector::mayScore)
            .map(RosterTable::named)
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%-4s %-14s %s%s",
        endpoint.compute().code(),
        ResultTable.clean(endpoint.name()),
        running.isEmpty() ? "nothing" : running,
        limits(endpoint.capacity()));
  }

  private static String named(Roster.Detector detector) {
    return ResultTable.clean(
        detector.modelVersion() == null
            ? detector.name()
            : detector.name() + " " + detector.modelVersion());
  }

  private static String limits(Capacity capacity) {
    List<String> limits = new ArrayList<>();
    if (capacity.maxSeconds() != null) {
      limits.add(String.format(Locale.ROOT, "%.0f s", capacity.maxSeconds()));
    }
    if (capacity.maxBytes() != null) {
      limits.add(String.format(Locale.ROOT, "%.0f MiB", capacity.maxBytes() / MEGA));
    }
    if (capacity.maxPixels() != null) {
      limits.add(capacity.maxPixels() + " pixels");
    }
    return limits.isEmpty() ? "" : " (up to " + String.join(", ", limits) + ")";
  }

  /** The detectors that no endpoint runs, with how to install them. */
  private static Map<String, String> absent(Roster roster) {
    Set<String> running = new TreeSet<>();
    roster.endpoints().stream()
        .flatMap(endpoint -> endpoint.detectors().stream())
        .filter(Roster.Detector::mayScore)
        .forEach(detector -> running.add(detector.name()));
    Map<String, String> absent = new LinkedHashMap<>();
    roster.endpoints().stream()
        .flatMap(endpoint -> endpoint.detectors().stream())
        .filter(detector -> !running.contains(detector.name()))
        .forEach(
            detector ->
                absent.merge(
                    detector.name(),
                    detector.detail() == null ? "" : detector.detail(),
                    (a, b) -> a.isEmpty() ? b : a));
    return absent;
  }
}
