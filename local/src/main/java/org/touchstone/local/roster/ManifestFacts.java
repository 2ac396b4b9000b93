package org.touchstone.local.roster;

import java.util.List;
import java.util.Optional;
import org.touchstone.domain.DetectorFacts;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.models.Region;
import org.touchstone.models.ReliabilityTable;

/** What the manifests of installed models say of their detectors. */
public final class ManifestFacts {
  private ManifestFacts() {}

  /** The facts on each detector that has a model of its own name. */
  public static List<DetectorFacts> of(ModelStore models) {
    return models.newest().stream()
        .map(InstalledModel::manifest)
        .flatMap(manifest -> manifest.detector().map(role -> facts(manifest, role)).stream())
        .toList();
  }

  private static DetectorFacts facts(ModelManifest manifest, ModelRole.Detector role) {
    Optional<ReliabilityTable> measured = role.reliability();
    return new DetectorFacts(
        manifest.name(),
        looksAt(manifest, role),
        manifest.licence(),
        manifest.trainedOn(),
        manifest.calibratedOn(),
        measured.filter(ReliabilityTable::fitted).map(ReliabilityTable::version).orElse(null),
        measured.stream()
            .flatMap(table -> table.rows().stream())
            .map(ManifestFacts::figures)
            .toList());
  }

  private static String looksAt(ModelManifest manifest, ModelRole.Detector role) {
    if (manifest.visual().isEmpty()) {
      return "sound";
    }
    if (role.region().kind() == Region.Kind.FACE) {
      return "faces";
    }
    return manifest.visual().get().frames() > 1 ? "clips" : "pictures";
  }

  private static DetectorFacts.Figures figures(ReliabilityTable.Row row) {
    return new DetectorFacts.Figures(
        row.counts().row(),
        row.counts().falseAlarms(),
        row.counts().authentic(),
        row.counts().hits(),
        row.counts().fakes(),
        row.combination(),
        row.source());
  }
}
