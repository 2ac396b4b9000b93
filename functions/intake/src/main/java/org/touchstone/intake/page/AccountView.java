package org.touchstone.intake.page;

import java.util.List;

/**
 * The visitor's account.
 *
 * @param name its name; null when it has none
 * @param since when it was made; null when that is not known
 * @param everybody whether nobody needs to sign in
 * @param may what the visitor may do, in words
 * @param keys its API keys without their texts; null when the visitor may not see them
 */
public record AccountView(
    String id, String name, String since, boolean everybody, List<String> may, List<Key> keys) {

  /**
   * An API key.
   *
   * @param ends when it ends, or "never"
   * @param state whether it is valid, in words
   */
  public record Key(String id, String name, String may, String made, String ends, String state) {}
}
