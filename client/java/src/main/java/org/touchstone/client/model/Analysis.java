package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * An analysis as the API shows it, built from the stored objects.
 *
 * @param missing media of the post that could not be had, with the reason; empty when there are
 *     none
 * @param provenance one entry per medium that has any
 * @param preliminary the verdict so far; present exactly while detectors are at work
 * @param timings where the time went; parts that have not happened yet are absent
 * @param waveforms where the peaks of the media's sounds are stored; empty when there are none
 * @param override what people know of the media, which takes precedence over the verdict; absent
 *     when they know nothing
 */
public record Analysis(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    List<Medium> media,
    List<MissingMedium> missing,
    List<Report> reports,
    List<MediaProvenance> provenance,
    Verdict verdict,
    Preliminary preliminary,
    Problem error,
    Timings timings,
    List<Waveform> waveforms,
    LevelOverride override) {
  public Analysis {
    media = media == null ? List.of() : List.copyOf(media);
    missing = missing == null ? List.of() : List.copyOf(missing);
    reports = reports == null ? List.of() : List.copyOf(reports);
    provenance = provenance == null ? List.of() : List.copyOf(provenance);
    waveforms = waveforms == null ? List.of() : List.copyOf(waveforms);
  }
}
