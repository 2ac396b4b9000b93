package org.touchstone.storage;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;
import org.touchstone.domain.files.Sha256;

/**
 * Keys of the mention bot. Below {@code mentions/} lies what a rule deletes after a while; below
 * {@code bot/} what stays: cursors, opt-outs, money spent. Ids of platforms are hashed, because
 * they have any characters.
 */
final class MentionKeys {
  /** Mentions and what is known of them. */
  static final String MENTIONS = "mentions/";

  private static final int DIGITS = 32;
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]{1,32}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");

  private MentionKeys() {}

  /** A text of a platform as part of a key. */
  static String hash(String... parts) {
    return Sha256.of(String.join("\n", parts)).substring(0, DIGITS);
  }

  static boolean isPlatform(String name) {
    return name != null && PLATFORM.matcher(name).matches();
  }

  static boolean isId(String id) {
    return id != null && HASH.matcher(id).matches();
  }

  static String mention(String platform, String id) {
    return of(platform) + "seen/" + id(id) + ".json";
  }

  /** Empty objects that list mentions of one kind, such as those that are open. */
  static String list(String platform, String list) {
    return of(platform) + Keys.checked(list, Keys.NAME, "list") + "/";
  }

  static String listed(String platform, String list, String id) {
    return list(platform, list) + id(id);
  }

  static String lease(String platform, String id) {
    return of(platform) + "leases/" + Keys.checked(id, Keys.NAME, "lease") + ".json";
  }

  /** The analysis of a post's media. */
  static String target(String platform, String postId) {
    return of(platform) + "targets/" + hash(postId) + ".json";
  }

  /** Something that one mention at most may claim. */
  static String claim(String platform, String... what) {
    return of(platform) + "claims/" + hash(what);
  }

  /** Mentions that count against a limit of one day. */
  static String counted(String platform, LocalDate day, String limit, String of) {
    return of(platform)
        + "counted/"
        + day
        + "/"
        + Keys.checked(limit, Keys.NAME, "limit")
        + "/"
        + hash(of)
        + "/";
  }

  /** Mentions that wait for an analysis. */
  static String awaiting(String analysisId) {
    return MENTIONS + "@analyses/" + hash(analysisId) + "/";
  }

  static String awaiting(String analysisId, String platform, String id) {
    return awaiting(analysisId) + platform(platform) + "/" + id(id);
  }

  static String state(String platform) {
    return bot(platform) + "state.json";
  }

  static String optOut(String platform, String accountId) {
    return bot(platform) + "opted-out/" + hash(accountId) + ".json";
  }

  static String spend(String platform, YearMonth month) {
    return bot(platform) + "spend/" + month + ".json";
  }

  static String day(String platform, LocalDate day) {
    return bot(platform) + "days/" + day + ".json";
  }

  static String queue(String platform) {
    return bot(platform) + "queue.json";
  }

  /** Templates of the deployment, which take the place of the built-in ones. */
  static String templates(String language) {
    return "bot/@templates/" + Keys.checked(language, Keys.NAME, "language") + ".json";
  }

  private static String of(String platform) {
    return MENTIONS + platform(platform) + "/";
  }

  private static String bot(String platform) {
    return "bot/" + platform(platform) + "/";
  }

  private static String platform(String name) {
    return Keys.checked(name, PLATFORM, "platform");
  }

  private static String id(String id) {
    return Keys.checked(id, HASH, "mention id");
  }
}
