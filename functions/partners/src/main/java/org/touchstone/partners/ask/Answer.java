package org.touchstone.partners.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.touchstone.domain.Json;
import org.touchstone.domain.Reason;
import org.touchstone.fetch.FetchReply;
import org.touchstone.partners.voter.Voter;

/**
 * What a voter's server answered.
 *
 * @param status the HTTP status
 * @param body the body, not yet looked at
 * @param retryAfter the header of that name; null without it
 */
record Answer(int status, byte[] body, String retryAfter) {
  private static final int SUCCESS = 2;
  private static final int CLASS = 100;

  static Answer read(FetchReply reply) throws IOException {
    return new Answer(reply.status(), reply.body().readAllBytes(), reply.header("retry-after"));
  }

  boolean isSuccess() {
    return status / CLASS == SUCCESS;
  }

  /**
   * The body as JSON.
   *
   * @throws AbstentionException when it is something else
   */
  JsonNode json(Voter voter) throws AbstentionException {
    try {
      JsonNode json = Json.mapper().readTree(body);
      if (json != null && json.isContainerNode()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // The message may quote the answer.
    } catch (IOException e) {
      throw new IllegalStateException("reading an array does not fail", e);
    }
    throw new AbstentionException(
        Reason.ERROR, voter.provider() + " answered with something that is not JSON.");
  }
}
