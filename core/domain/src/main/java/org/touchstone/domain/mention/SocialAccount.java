package org.touchstone.domain.mention;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * An account on a social network.
 *
 * @param id the platform's id of it, which no change of name changes; 1 to 256 characters
 * @param handle the name by which it is addressed, without the at sign in front
 * @param automated whether it says of itself that it is a bot
 * @param language the language that the account is set to, as a BCP 47 tag; absent when unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SocialAccount(String id, String handle, boolean automated, String language) {
  private static final int MAX_ID = 256;

  public SocialAccount {
    Objects.requireNonNull(handle, "handle");
    if (id == null || id.isEmpty() || id.length() > MAX_ID) {
      throw new IllegalArgumentException("an account without a usable id");
    }
  }
}
