package org.touchstone.client.model;

import java.util.List;

/**
 * A detector of this deployment.
 *
 * @param name its name, as reports carry it and requests ask for it
 * @param category the kind of evidence it looks for; absent when it is not known
 * @param tracks the tracks it looks at
 * @param modelVersion the version of its model or rules; absent when it is not known
 * @param installed whether it can give scores here; absent when it is not known
 * @param detail how to install it; present only if it is not there
 * @param lanes the lanes that can run it; empty for voters of other organisations
 * @param thirdParty whether another organisation runs it, to which media are sent
 * @param looksAt the part of a medium that it judges: faces, pictures, clips or sound
 * @param licence licence of its model
 * @param trainedOn names of the data it was trained on
 * @param calibratedOn names of the data its scores were calibrated on
 * @param calibration names the calibration of its scores; absent when they were never fitted
 * @param figures how often it erred on media of different kinds; empty when nobody counted, absent
 *     when nothing is known
 */
public record Detector(
    String name,
    Category category,
    List<Modality> tracks,
    String modelVersion,
    Boolean installed,
    String detail,
    List<Compute> lanes,
    Boolean thirdParty,
    String looksAt,
    String licence,
    List<String> trainedOn,
    List<String> calibratedOn,
    String calibration,
    List<Figures> figures) {
  public Detector {
    tracks = tracks == null ? List.of() : List.copyOf(tracks);
    lanes = lanes == null ? List.of() : List.copyOf(lanes);
    trainedOn = trainedOn == null ? List.of() : List.copyOf(trainedOn);
    calibratedOn = calibratedOn == null ? List.of() : List.copyOf(calibratedOn);
    figures = figures == null ? List.of() : List.copyOf(figures);
  }
}
