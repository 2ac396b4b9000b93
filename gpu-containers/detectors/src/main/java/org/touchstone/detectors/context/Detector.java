package org.touchstone.detectors.context;

import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;

/** Looks at one medium and says how likely it is manipulated or synthetic, or why it cannot say. */
public interface Detector {

  /** The detector's name, unique within a registry; votes and policies refer to it. */
  String name();

  /**
   * Version of the model or rules behind its scores. The same version gives the same bytes the same
   * score, so a report can be used again.
   */
  String modelVersion();

  Category category();

  /**
   * This detector for a medium in which a language is spoken; itself unless that matters to it. Its
   * version then names the language.
   *
   * @param tag BCP 47 tag; null when it is not known
   */
  default Detector inLanguage(String tag) {
    return this;
  }

  /**
   * Whether it sends anything of the medium to another organisation. An analysis may forbid that.
   */
  default boolean isThirdParty() {
    return false;
  }

  /** Whether it can give scores; if not, it abstains and says why. */
  default boolean isInstalled() {
    return true;
  }

  /** The tracks of a medium that it looks at. */
  Set<Modality> tracks();

  /**
   * Looks at a medium, on the caller's thread. Safe to call from several threads, with a context
   * each or the same one.
   *
   * @throws DetectionException when it cannot give a score
   */
  DetectorReport detect(MediaContext media);
}
