package org.touchstone.intake.detectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorFacts;
import org.touchstone.domain.Modality;

/**
 * A detector as the API shows it.
 *
 * @param name its name, as reports carry it and requests ask for it
 * @param category the kind of evidence it looks for
 * @param tracks the tracks it looks at
 * @param modelVersion the version of its model or rules; absent when it is not known
 * @param installed whether it can give scores here; absent when it is not known
 * @param detail how to install it: present only if it is not there
 * @param lanes the lanes that can run it; empty for voters of other organisations
 * @param thirdParty whether another organisation runs it, to which media are sent
 * @param looksAt the part of a medium that it judges: faces, pictures, clips or sound
 * @param licence licence of its model
 * @param trainedOn names of the data it was trained on
 * @param calibratedOn names of the data its scores were calibrated on
 * @param calibration names the calibration of its scores; absent when they were never fitted
 * @param figures how often it erred on media of different kinds
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DetectorView(
    String name,
    Category category,
    Set<Modality> tracks,
    String modelVersion,
    Boolean installed,
    String detail,
    Set<Compute> lanes,
    boolean thirdParty,
    String looksAt,
    String licence,
    List<String> trainedOn,
    List<String> calibratedOn,
    String calibration,
    List<DetectorFacts.Figures> figures) {}
