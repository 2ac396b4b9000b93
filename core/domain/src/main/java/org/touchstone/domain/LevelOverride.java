package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What people know of an analysis' media, which takes precedence over the detectors. The verdict
 * beside it stays as the detectors gave it.
 *
 * @param level the level that holds instead of the verdict's: that of the least reassuring medium;
 *     absent while there is no verdict and not every medium was decided by people
 * @param media the media that people decided, in the media's order
 */
public record LevelOverride(Verdict.Level level, List<Medium> media) {
  public LevelOverride {
    media = List.copyOf(media);
  }

  /**
   * A medium's level by people.
   *
   * @param mediaId the medium
   * @param level its level instead of the verdict's
   * @param by what gives it
   * @param holder for whom it holds
   * @param at when it was decided
   * @param note what the person wrote about it; absent if nothing
   * @param identity how the verified source was recognised; absent for a label
   */
  public record Medium(
      String mediaId,
      Verdict.Level level,
      By by,
      Holder holder,
      Instant at,
      String note,
      Identity identity) {
    public Medium {
      Objects.requireNonNull(mediaId, "mediaId");
      Objects.requireNonNull(level, "level");
      Objects.requireNonNull(by, "by");
      Objects.requireNonNull(holder, "holder");
      Objects.requireNonNull(at, "at");
    }
  }

  /** What gives a level. */
  public enum By {
    /** A person's label on the medium. */
    @JsonProperty("label")
    LABEL,
    /** The medium's source, which a person verified. */
    @JsonProperty("source")
    SOURCE
  }

  /** For whom a person's decision holds. */
  public enum Holder {
    /** For the account of the person only. */
    @JsonProperty("account")
    ACCOUNT,
    /** For all accounts, as an administrator decided; an account's own decision comes first. */
    @JsonProperty("deployment")
    DEPLOYMENT
  }

  /** How an account on a platform is recognised. */
  public enum Identity {
    /** By the platform's own id, which never changes. */
    @JsonProperty("id")
    ID,
    /** By its name, which its owner can give up and another can then take. */
    @JsonProperty("handle")
    HANDLE
  }
}
