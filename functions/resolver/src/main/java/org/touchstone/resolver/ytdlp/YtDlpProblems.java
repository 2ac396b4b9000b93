package org.touchstone.resolver.ytdlp;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.EnvironmentFault.Kind;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;

/** Translates yt-dlp's error messages to problems; none of their wording is passed on. */
final class YtDlpProblems {
  private static final Problem PROTECTED =
      problem(ProblemType.MEDIA_UNSUPPORTED, "This video is protected against copying.");
  private static final Problem REGION =
      problem(ProblemType.POST_UNAVAILABLE, "The platform does not show this video in our region.");
  private static final Problem LIVE =
      problem(ProblemType.LINK_UNSUPPORTED, "Live streams are not supported.");
  private static final Problem PAID =
      problem(
          ProblemType.PLATFORM_LOGIN_REQUIRED,
          "The platform shows this video only to people who pay for it.");
  private static final Problem UNKNOWN_SITE =
      problem(
          ProblemType.LINK_UNSUPPORTED,
          "This link leads to a web page of a site that is not supported.");

  /** Patterns in order: those that say more about the video come first. */
  private static final List<Entry<Pattern, Problem>> MEANINGS =
      List.of(
          meaning("\\bdrm\\b", PROTECTED),
          meaning(
              "geo.?restrict|not (made this video )?available (in|from) your"
                  + " (country|location|region)|blocked in your|georestrict",
              REGION),
          meaning(
              "age.?restrict|confirm your age|age.?(limit|verif|gate)|"
                  + "only available for registered adults",
              ProblemType.POST_AGE_RESTRICTED),
          meaning(
              "not a (?:ro)?bot|captcha|cloudflare|anti.?bot|unexpected response from webpage",
              ProblemType.PLATFORM_ROBOT_CHECK),
          meaning("\\bprivate\\b|password", ProblemType.POST_PRIVATE),
          meaning(
              "http error 429|too many requests|rate.?limit", ProblemType.PLATFORM_RATE_LIMITED),
          meaning("premium|subscri(be|ption)|purchase|members.?only|\\bpaid\\b|paywall", PAID),
          meaning(
              "log.?in|sign.?in|logged.?in|--cookies|registered users|authenticat|credentials"
                  + "|http error 401",
              ProblemType.PLATFORM_LOGIN_REQUIRED),
          meaning(
              "http error (404|410)|(been|was) (removed|deleted)|does ?n[o']t exist|not found"
                  + "|no longer available",
              ProblemType.POST_DELETED),
          meaning("live event|is live|live ?stream|premieres? (in|will)|not started", LIVE),
          meaning("unsupported url|no suitable (info)?extractor", UNKNOWN_SITE),
          meaning(
              "no video formats|no (video|media|formats?)( was| were| could be)? found"
                  + "|no video in|requested format is not available|there('s| is) no video",
              ProblemType.POST_NO_MEDIA),
          meaning("http error (402|403|407|418|451|999)", ProblemType.FETCH_REFUSED),
          meaning("timed? ?out", ProblemType.FETCH_TIMEOUT),
          meaning("certificate", ProblemType.FETCH_TLS),
          meaning("http error 5\\d\\d", ProblemType.FETCH_FAILED),
          meaning("unavailable|not available", ProblemType.POST_UNAVAILABLE));

  /** What Python says when a part of yt-dlp, or of Python, is missing. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "(?m)^(ModuleNotFoundError|ImportError|SyntaxError): |^Fatal Python error"
              + "|error while loading shared libraries");

  private static final Pattern NO_DISK =
      Pattern.compile("(?i)no space left on device|disk quota exceeded");

  private static final Pattern NO_MEMORY =
      Pattern.compile("(?i)memoryerror|cannot allocate memory");

  /** How Python ends without memory, before yt-dlp can report it. */
  private static final Pattern OUT_OF_MEMORY = Pattern.compile("(?m)^MemoryError\\b");

  private static final Pattern ERROR_LINE = Pattern.compile("(?m)^ERROR:(.*)$");

  private YtDlpProblems() {}

  private static Entry<Pattern, Problem> meaning(String pattern, ProblemType type) {
    return meaning(pattern, Problem.of(type));
  }

  private static Entry<Pattern, Problem> meaning(String pattern, Problem problem) {
    return entry(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), problem);
  }

  private static Problem problem(ProblemType type, String sentence) {
    return new Problem(type, sentence, null);
  }

  /**
   * What is at fault on this machine, when a run failed because of it.
   *
   * @param errors the run's error output
   */
  static Optional<Kind> fault(String errors) {
    if (BROKEN.matcher(errors).find()) {
      return Optional.of(Kind.PROGRAM);
    }
    List<String> lines = errorLines(errors);
    if (lines.stream().anyMatch(line -> NO_DISK.matcher(line).find())) {
      return Optional.of(Kind.DISK);
    }
    return OUT_OF_MEMORY.matcher(errors).find()
            || lines.stream().anyMatch(line -> NO_MEMORY.matcher(line).find())
        ? Optional.of(Kind.MEMORY)
        : Optional.empty();
  }

  private static List<String> errorLines(String errors) {
    return ERROR_LINE.matcher(errors).results().map(line -> withoutLinks(line.group(1))).toList();
  }

  /**
   * The reason for a failed run that this machine is not at fault for.
   *
   * @param errors the run's error output
   */
  static Problem of(String errors) {
    List<String> lines = errorLines(errors);
    for (Entry<Pattern, Problem> meaning : MEANINGS) {
      if (lines.stream().anyMatch(line -> meaning.getKey().matcher(line).find())) {
        return meaning.getValue();
      }
    }
    return Problem.of(ProblemType.PLATFORM_CHANGED);
  }

  /** The problem for live streams, which have no file and no end. */
  static Problem live() {
    return LIVE;
  }

  /** Removes links, whose words are not a reason: {@code /private/login-404}. */
  private static String withoutLinks(String line) {
    return line.replaceAll("(?i)https?://\\S+", "");
  }
}
