package org.touchstone.intake.page;

import java.util.List;

/**
 * The result of an analysis, in the words and numbers of one language.
 *
 * @param id the analysis, or the address at which it is shared
 * @param base the way to what belongs to the result, relative to the first page
 * @param shared whether strangers see it
 * @param headline the verdict; null while there is none
 * @param progress how far the analysis is; null when it has ended
 * @param failure why there is no verdict; null unless it failed
 * @param media what was looked at
 * @param missing sentences about media that could not be had
 * @param source where it was found; null for a file
 * @param asked when it was asked for
 * @param policy the voting policy; null without a verdict
 * @param nothingInstalled whether no detector is installed
 */
public record ResultView(
    String id,
    String base,
    boolean shared,
    Headline headline,
    Progress progress,
    String failure,
    List<Medium> media,
    List<String> missing,
    Source source,
    String asked,
    String policy,
    boolean nothingInstalled) {

  /** Whether the analysis goes on. */
  public boolean running() {
    return progress != null;
  }

  /** Whether there is more than one medium. */
  public boolean several() {
    return media.size() > 1;
  }

  /** Where all data are, relative to the first page. */
  public String json() {
    return shared ? base + "/analysis" : "v1/" + base;
  }

  /** Key of the name of a kind of medium. */
  static String titleKey(String kind) {
    return switch (kind) {
      case "image" -> "evidence.picture";
      case "video" -> "evidence.video";
      default -> "evidence.audio";
    };
  }

  /**
   * The verdict in words.
   *
   * @param level code of the level
   * @param title the level
   * @param quote a sentence that can be quoted
   * @param caution what it does not mean
   * @param confidence a sentence about how sure it is
   * @param override a sentence about people who decided; null if nobody did
   * @param preliminary a sentence about what may still change; null for the final verdict
   * @param reasons further reasons
   */
  public record Headline(
      String level,
      String title,
      String quote,
      String caution,
      String confidence,
      String override,
      String preliminary,
      List<String> reasons) {}

  /**
   * How far an analysis is.
   *
   * @param steps the steps in their order
   * @param pending names of the detectors at work
   */
  public record Progress(List<Step> steps, String pending) {}

  /**
   * A step of an analysis.
   *
   * @param text what happens
   * @param state {@code done}, {@code now} or {@code later}
   */
  public record Step(String text, String state) {}

  /**
   * A medium with what was found in it.
   *
   * @param kind {@code image}, {@code video} or {@code audio}
   * @param level code of its level; null without a verdict
   * @param levelTitle its level; null without a verdict
   * @param src where its bytes are; null when they are not shown
   * @param width pixels; null for sounds and when unknown
   * @param height pixels; null for sounds and when unknown
   * @param faces faces that were looked at, in a picture
   * @param votes what the methods say, by category
   * @param evidence what can be looked at, by method
   * @param waveform points of the sound's line in a field of 1000 by 100; null without
   * @param provenance what the file says about its origin
   * @param facts its data
   */
  public record Medium(
      String id,
      String kind,
      String level,
      String levelTitle,
      String src,
      Integer width,
      Integer height,
      List<Box> faces,
      List<VoteGroup> votes,
      List<Piece> evidence,
      String waveform,
      ProvenanceBox provenance,
      List<Fact> facts) {
    /** Key of the medium's name. */
    public String titleKey() {
      return ResultView.titleKey(kind);
    }

    /** Key of the medium's name among several. */
    public String numberedKey() {
      return titleKey() + ".numbered";
    }

    /** Whether there is anything to look at. */
    public boolean hasEvidence() {
      return waveform != null || !evidence.isEmpty();
    }

    /** Whether faces can be drawn into the picture. */
    public boolean hasBoxes() {
      return !faces.isEmpty() && width != null && height != null;
    }
  }

  /** A rectangle in a picture, in pixels. */
  public record Box(int x, int y, int width, int height) {}

  /** The methods of a category. */
  public record VoteGroup(String category, List<VoteRow> rows) {}

  /**
   * What one method says.
   *
   * @param about what it looks for; null when that is not known
   * @param score its score in percent; null when it gave none
   * @param value its score from 0 to 100; null when it gave none
   * @param says which side it supports, or why it gave no score
   * @param counted whether it counts in the verdict
   * @param version the version of its model or rules; null when not known
   * @param errors how often it called authentic media fake; null when it gave no score
   */
  public record VoteRow(
      String detector,
      String about,
      String score,
      Integer value,
      String says,
      boolean counted,
      String version,
      String errors) {}

  /**
   * What one method has to show.
   *
   * @param heatmap a picture to lay over the medium; null without
   * @param timeline scores over time in a field of 1000 by 100
   * @param frames frames at the highest scores
   * @param transcript what is said, in passages
   * @param rationale why, in words; null without
   * @param generator what likely made it; null without
   * @param findings single facts
   */
  public record Piece(
      String detector,
      String heatmap,
      List<Bar> timeline,
      List<Frame> frames,
      List<Words> transcript,
      String language,
      String rationale,
      String generator,
      List<Fact> findings) {}

  /** A score over a while. */
  public record Bar(int x, int y, int width, int height, boolean high, String title) {}

  /** A frame of a video, and the sentence below it. */
  public record Frame(String src, String caption) {}

  /** Some words of what is said. */
  public record Words(String time, String text, boolean doubtful) {}

  /**
   * What a file says about its origin.
   *
   * @param state code of its state
   * @param text what that is worth
   * @param claims what it says in sentences
   * @param chain how it came to be, the oldest step first
   * @param labels labels of generators
   */
  public record ProvenanceBox(
      String state,
      String text,
      List<Fact> facts,
      List<String> claims,
      List<String> chain,
      List<String> labels) {}

  /** A name and a value. */
  public record Fact(String name, String value) {}

  /**
   * Where the media were found.
   *
   * @param link the post; null when there is none
   * @param facts what is known of it
   * @param text the post's text; null without
   * @param language the text's language; null when not known
   */
  public record Source(
      String link, List<Fact> facts, String text, String language, List<String> notes) {}
}
