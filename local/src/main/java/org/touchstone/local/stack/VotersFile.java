package org.touchstone.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.touchstone.domain.Json;
import org.touchstone.partners.voter.InvalidVoterException;
import org.touchstone.partners.voter.Voter;
import org.touchstone.partners.voter.VoterReader;

/**
 * A file of voters of other organisations: YAML with the one key {@code voters}.
 *
 * @param json the list of voters in JSON, as the function that asks them reads it
 * @param voters the voters
 */
record VotersFile(String json, List<Voter> voters) {
  /**
   * Reads a file.
   *
   * @param allowPrivate whether voters may be at unencrypted and private addresses
   * @throws StackException when it cannot be read or is not valid; the message names the field
   */
  static VotersFile read(Path file, boolean allowPrivate) {
    try {
      JsonNode tree = YamlFile.read(file, "The file of voters");
      boolean isOnlyKey = tree.isObject() && tree.size() == 1 && tree.has("voters");
      if (!isOnlyKey) {
        throw new StackException(file + ": needs the one key voters.");
      }
      JsonNode list = tree.get("voters");
      return new VotersFile(Json.string(list), VoterReader.read(list, allowPrivate));
    } catch (InvalidVoterException e) {
      throw new StackException(file + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * Checks that voters that call back can reach the API.
   *
   * @throws StackException when one cannot
   */
  void requireReachable(StackOptions options) {
    if (options.api().flatMap(StackOptions.Api::publicUrl).isPresent()) {
      return;
    }
    voters.stream()
        .filter(voter -> voter.callback() != null)
        .findFirst()
        .ifPresent(
            voter -> {
              throw new StackException(
                  "The voter "
                      + voter.name()
                      + " calls back, and there is nothing that it could call. Only up serves an"
                      + " API: start it with --public-url and the address under which the voter"
                      + " reaches this machine, or leave the voter out of the file of --voters.");
            });
  }
}
