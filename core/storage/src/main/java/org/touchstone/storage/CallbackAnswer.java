package org.touchstone.storage;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a voter said when it called back.
 *
 * @param proof the value of the ticket's header; null without it
 * @param body the body, not yet looked at
 */
public record CallbackAnswer(String proof, byte[] body) {
  public CallbackAnswer {
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallbackAnswer answer
        && Objects.equals(proof, answer.proof)
        && Arrays.equals(body, answer.body);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(proof) + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return "CallbackAnswer[" + body.length + " bytes]";
  }
}
