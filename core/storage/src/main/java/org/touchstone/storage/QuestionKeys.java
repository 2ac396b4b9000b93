package org.touchstone.storage;

import java.time.YearMonth;

/** Keys of what voters of other organisations and the judge are asked, and of their callbacks. */
final class QuestionKeys {
  private QuestionKeys() {}

  /** What a voter of another organisation was asked about a medium in an analysis. */
  static String partnerQuestion(String id, String mediaId, String voter) {
    return Keys.analysis(id)
        + "partners/"
        + Keys.checked(mediaId, Keys.MEDIA_ID, "media id")
        + "/"
        + Keys.checked(voter, Keys.NAME, "voter's name")
        + ".json";
  }

  /** What the judge was asked about the words of a medium in an analysis. */
  static String judgeQuestion(String id, String mediaId) {
    return Keys.analysis(id)
        + "judge/"
        + Keys.checked(mediaId, Keys.MEDIA_ID, "media id")
        + ".json";
  }

  /** What a judge was asked in a month. */
  static String judgeMonth(String judge, YearMonth month) {
    return "judge/" + Keys.checked(judge, Keys.NAME, "judge's name") + "/" + month + ".json";
  }

  /** What a voter of another organisation was asked in a month. */
  static String partnerMonth(String voter, YearMonth month) {
    return "partners/" + Keys.checked(voter, Keys.NAME, "voter's name") + "/" + month + ".json";
  }

  /** What a voter of another organisation was asked in the current minute. */
  static String partnerMinute(String voter) {
    return "partners/" + Keys.checked(voter, Keys.NAME, "voter's name") + "/minute.json";
  }

  /** The question that a callback is about, by the SHA-256 of its token. */
  static String callbackTicket(String tokenSha256) {
    return "callbacks/" + Keys.sha256(tokenSha256) + "/question.json";
  }

  /** What the callback said. */
  static String callbackAnswer(String tokenSha256) {
    return "callbacks/" + Keys.sha256(tokenSha256) + "/answer.json";
  }
}
