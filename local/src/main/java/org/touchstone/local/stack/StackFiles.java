package org.touchstone.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.touchstone.domain.voting.InvalidPolicyException;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.resolver.platforms.PlatformKeySource;

/**
 * What the files say that the options of a stack name.
 *
 * @param policy the voting policy; empty for the bundled one
 * @param voters voters of other organisations; empty when there are none
 * @param recogniser the service that writes down what is said; empty when none is configured
 * @param judge the judge of what is said; empty when none is configured
 * @param bot the mention bot; without platforms when none is configured
 */
record StackFiles(
    Optional<VotingPolicy> policy,
    Optional<VotersFile> voters,
    Optional<RecogniserSettings> recogniser,
    Optional<JudgeSettings> judge,
    BotFile bot) {

  /**
   * Reads them; the file of platform keys, which is read again by the resolver, is checked only.
   *
   * @throws StackException when one cannot be read or is not valid
   */
  static StackFiles read(StackOptions options) {
    Optional<VotingPolicy> policy = Optional.ofNullable(options.policy()).map(StackFiles::policy);
    Optional.ofNullable(options.platformKeys()).ifPresent(StackFiles::check);
    Optional<VotersFile> voters =
        Optional.ofNullable(options.voters())
            .map(file -> VotersFile.read(file, options.allowPrivate()))
            .filter(file -> !file.voters().isEmpty());
    voters.ifPresent(file -> file.requireReachable(options));
    return new StackFiles(
        policy,
        voters,
        Optional.ofNullable(options.recogniser()).map(RecogniserFile::read),
        Optional.ofNullable(options.judge()).map(given -> JudgeFile.read(given.file())),
        Optional.ofNullable(options.bot())
            .map(StackOptions.Bot::file)
            .map(BotFile::read)
            .orElse(BotFile.NONE));
  }

  private static VotingPolicy policy(Path file) {
    try {
      return VotingPolicy.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new StackException("The policy file cannot be read: " + file, e);
    } catch (InvalidPolicyException e) {
      throw new StackException("The policy file is not valid: " + e.getMessage(), e);
    }
  }

  private static void check(Path platformKeys) {
    try {
      PlatformKeySource.in(platformKeys).keys();
    } catch (IllegalStateException e) {
      throw new StackException(platformKeys + ": " + e.getMessage(), e);
    }
  }
}
