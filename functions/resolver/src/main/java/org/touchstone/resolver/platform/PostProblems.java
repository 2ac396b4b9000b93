package org.touchstone.resolver.platform;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;

/**
 * What platforms say of posts that they do not show, in English, as they are asked to. None of
 * their wording is passed on.
 */
public final class PostProblems {
  /** The platform serves the post to other regions only. */
  public static final Problem REGION =
      Problem.of(
          ProblemType.POST_UNAVAILABLE,
          "The platform does not show this post in the region that Touchstone asks from; save the"
              + " media and upload them.");

  /** The platform took the post or the medium down. */
  public static final Problem REMOVED =
      Problem.of(ProblemType.POST_DELETED, "The platform removed this.");

  /** The platform names a medium of a post, and does not serve it. */
  public static final Problem NOT_SHOWN =
      Problem.of(
          ProblemType.POST_UNAVAILABLE,
          "The platform does not show this image or video of the post.");

  private static final Problem COPYRIGHT =
      Problem.of(
          ProblemType.POST_DELETED, "The platform removed this after a claim about copyright.");

  private static final Problem SUSPENDED =
      Problem.of(ProblemType.POST_DELETED, "The account that posted this is suspended.");

  /**
   * In order: a sentence about a law may be about an age, one about a deletion about an account.
   */
  private static final List<Entry<Pattern, Problem>> MEANINGS =
      List.of(
          meaning(
              "\\bage.?(?:restrict|limit|verif|gate|assur|check)|your age\\b|under (?:the age|18)"
                  + "|(?:over|least) 18|18 (?:years|\\+|or older)|18\\+|adult (?:content|only)"
                  + "|adults only|mature (?:content|audience)",
              Problem.of(ProblemType.POST_AGE_RESTRICTED)),
          meaning(
              "(?:in|from|to|for) (?:your|this|certain|some|the) (?:current )?"
                  + "(?:country|countries|region|regions|location|area|territor)"
                  + "|geo.?(?:block|restrict|lock|fenc)|withheld|local laws?\\b"
                  + "|legal (?:demand|request)|cross.?border",
              REGION),
          meaning(
              "(?:a )?few (?:minutes|moments|seconds|hours)|too many|rate.?limit"
                  + "|temporarily (?:blocked|limited|restricted)|quota|slow down",
              Problem.of(ProblemType.PLATFORM_RATE_LIMITED)),
          meaning("copyright|\\bdmca|intellectual property", COPYRIGHT),
          meaning("suspend|\\bbanned\\b", SUSPENDED),
          meaning(
              "\\bprivate\\b|limits who|\\bprotected\\b|only (?:approved |their )?"
                  + "(?:followers|friends|members|subscribers)|approved followers"
                  + "|not (?:shared|public)|self.?see|author.?secret|friends.?see",
              Problem.of(ProblemType.POST_PRIVATE)),
          meaning("temporarily unavailable|reviewing", Problem.of(ProblemType.POST_UNAVAILABLE)),
          meaning(
              "violat|(?:been|was|were|got) (?:removed|taken down)|removed by|taken down", REMOVED),
          meaning(
              "delet|no longer (?:exist|available)|does ?n[o'\u2019]t exist|does not exist"
                  + "|not.?found|invalid.?post|no such|may have been removed",
              Problem.of(ProblemType.POST_DELETED)),
          meaning(
              "log.?in\\b|sign.?in\\b|logged.?in|signed.?in|login.?required|registered users",
              Problem.of(ProblemType.PLATFORM_LOGIN_REQUIRED)),
          meaning(
              "unavailable|(?:is|are) ?n[o'\u2019]t available|not available|unable to view",
              Problem.of(ProblemType.POST_UNAVAILABLE)));

  private PostProblems() {}

  private static Entry<Pattern, Problem> meaning(String pattern, Problem problem) {
    return entry(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), problem);
  }

  /** The meaning of a message about a post; empty when it is not understood. */
  public static Optional<Problem> said(String message) {
    return message == null
        ? Optional.empty()
        : MEANINGS.stream()
            .filter(meaning -> meaning.getKey().matcher(message).find())
            .map(Entry::getValue)
            .findFirst();
  }
}
