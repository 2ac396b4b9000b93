package org.touchstone.payers;

import java.util.List;
import java.util.Optional;
import org.touchstone.payers.export.MeterExporter;

/**
 * The exporters that are configured.
 *
 * @param all none when nothing is sold elsewhere
 */
public record Exporters(List<MeterExporter> all) {
  public Exporters {
    all = List.copyOf(all);
  }

  Optional<MeterExporter> named(String name) {
    return all.stream().filter(exporter -> exporter.name().equals(name)).findFirst();
  }
}
