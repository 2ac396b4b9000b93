package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.VIDEO;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Category;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.Verdict.TrackVerdict;
import org.touchstone.domain.Verdict.VerdictReason;

/** What the rule {@code log-likelihood} says of the picture and the sound of a video. */
class LikelihoodTracksTest {
  private static final Counts GOOD = Fixtures.counts(10, 1000, 900, 1000);

  private final TrackReport cleanPicture =
      Fixtures.counted(VIDEO, Category.GENERATIVE, "pictures", 0, GOOD);
  private final TrackReport falsePicture =
      Fixtures.counted(VIDEO, Category.GENERATIVE, "pictures", 1, GOOD);
  private final TrackReport cleanVoice = Fixtures.counted(AUDIO, Category.VOICE, "voices", 0, GOOD);
  private final TrackReport falseVoice = Fixtures.counted(AUDIO, Category.VOICE, "voices", 1, GOOD);

  @Test
  void aCleanPictureLowersNoFalseVoice() {
    MediaVerdict verdict = verdict(cleanPicture, falseVoice);
    assertThat(verdict.level()).isEqualTo(Level.HIGH);
    assertThat(verdict.decidedBy()).isEqualTo(AUDIO);
    assertThat(verdict.tracks())
        .extracting(TrackVerdict::track, TrackVerdict::level)
        .containsExactlyInAnyOrder(tuple(VIDEO, Level.LOW), tuple(AUDIO, Level.HIGH));
    assertThat(track(verdict, AUDIO).confidence())
        .isEqualTo(track(verdict(falseVoice), AUDIO).confidence())
        .isEqualTo(verdict.confidence());
  }

  @Test
  void aCleanVoiceLowersNoFalsePicture() {
    MediaVerdict verdict = verdict(falsePicture, cleanVoice);
    assertThat(verdict.level()).isEqualTo(Level.HIGH);
    assertThat(verdict.decidedBy()).isEqualTo(VIDEO);
    assertThat(track(verdict, AUDIO).level()).isEqualTo(Level.LOW);
    assertThat(track(verdict, AUDIO).reasons())
        .extracting(VerdictReason::code)
        .containsExactly("nothing-found");
  }

  @Test
  void bothDecideAtTheSameLevel() {
    MediaVerdict verdict = verdict(falsePicture, falseVoice);
    assertThat(verdict.level()).isEqualTo(Level.HIGH);
    assertThat(verdict.decidedBy()).isNull();
  }

  @Test
  void saysThatTheSoundWasNotJudged() {
    for (MediaVerdict verdict :
        List.of(
            verdict(falsePicture),
            verdict(falsePicture, Fixtures.abstained(AUDIO, "voices", Reason.NO_SPEECH)))) {
      assertThat(verdict.decidedBy()).isEqualTo(VIDEO);
      assertThat(track(verdict, AUDIO).level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(track(verdict, AUDIO).reasons())
          .extracting(VerdictReason::code)
          .containsExactly("sound-not-judged");
    }
  }

  @Test
  void aVideoWithoutSoundHasOneTrackAndNothingToDecide() {
    MediaItem silent = Fixtures.item("m", VIDEO);
    MediaVerdict verdict = vote(silent, falsePicture).perMedia().getFirst();
    assertThat(verdict.tracks()).extracting(TrackVerdict::track).containsExactly(VIDEO);
    assertThat(verdict.decidedBy()).isNull();
  }

  @Test
  void otherMediaHaveNoTracksAndLookAsBefore() {
    Verdict verdict = vote(Fixtures.item("m", AUDIO), falseVoice);
    assertThat(verdict.perMedia().getFirst().tracks()).isEmpty();
    assertThat(new String(Json.bytes(verdict), StandardCharsets.UTF_8))
        .doesNotContain("tracks", "decidedBy");
  }

  @Test
  void readsVerdictsOfEarlierVersions() {
    MediaVerdict read =
        Json.read(
            "{\"mediaId\": \"m\", \"level\": \"low\", \"confidence\": 0.1, \"reasons\": []}"
                .getBytes(StandardCharsets.UTF_8),
            MediaVerdict.class);
    assertThat(read).isEqualTo(new MediaVerdict("m", Level.LOW, 0.1, List.of()));
    Verdict now = vote(Fixtures.videoWithSound("m"), falsePicture, cleanVoice);
    assertThat(Json.read(Json.bytes(now), Verdict.class)).isEqualTo(now);
  }

  @Test
  void lipSyncAloneRaisesNothingAndNeverReachesHigh() {
    TrackReport lips = Fixtures.known(VIDEO, Category.SEMANTIC, "lip-sync", 1, null);
    assertThat(verdict(lips).level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
    TrackReport another = Fixtures.known(VIDEO, Category.GENERATIVE, "ufd", 1, null);
    assertThat(verdict(lips, another).level()).isEqualTo(Level.UNCERTAIN);
    TrackReport still = Fixtures.known(VIDEO, Category.SEMANTIC, "lip-sync", 0.2, null);
    assertThat(verdict(falsePicture, still).confidence())
        .isEqualTo(verdict(falsePicture).confidence());
  }

  private static TrackVerdict track(MediaVerdict verdict, Modality track) {
    return verdict.tracks().stream().filter(t -> t.track() == track).findFirst().orElseThrow();
  }

  private static MediaVerdict verdict(TrackReport... reports) {
    return vote(Fixtures.videoWithSound("m"), reports).perMedia().getFirst();
  }

  private static Verdict vote(MediaItem item, TrackReport... reports) {
    return VotingPolicy.bundled().vote(List.of(Fixtures.evidence(item, reports)));
  }
}
