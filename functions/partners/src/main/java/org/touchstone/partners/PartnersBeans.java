package org.touchstone.partners;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.touchstone.fetch.Fetcher;
import org.touchstone.partners.ask.Ballot;
import org.touchstone.partners.ask.Callbacks;
import org.touchstone.partners.ask.VoterClient;
import org.touchstone.partners.voter.InvalidVoterException;
import org.touchstone.partners.voter.Voter;
import org.touchstone.partners.voter.VoterReader;
import org.touchstone.secrets.SecretSource;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.CallbackStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.ReportCache;

/** Wires the voters of other organisations. Configuration: {@link PartnersConfig}. */
@ApplicationScoped
public class PartnersBeans {
  /** The start of the environment variables that hold voters' secrets on one machine. */
  private static final String VARIABLE = "TOUCHSTONE_VOTER_";

  @Produces
  @Singleton
  VoterClient voterClient(PartnersConfig config, InstantSource clock) {
    return new VoterClient(new Fetcher(VoterClient.policy(config.allowPrivate())), clock);
  }

  void close(@Disposes VoterClient client) {
    client.close();
  }

  @Produces
  @Singleton
  JobVoters jobVoters(
      PartnersConfig config,
      PartnerLedger ledger,
      ReportCache cache,
      VoterClient client,
      CallbackStore callbacks,
      MediaStore media,
      AnalysisStore analyses,
      InstantSource clock) {
    SecretSource secrets =
        config
            .secretsPrefix()
            .map(SecretSource::inSecretsManager)
            .orElseGet(
                () ->
                    SecretSource.onThisMachine(
                        VARIABLE, config.secretsFile().orElse(null), System::getenv));
    return new JobVoters(
        voters(config),
        new Ballot(
            ledger,
            cache,
            secrets,
            client,
            new Callbacks(callbacks, config.publicUrl().orElse(null)),
            clock),
        media,
        analyses,
        config.workFolder(),
        clock);
  }

  private static List<Voter> voters(PartnersConfig config) {
    try {
      List<Voter> voters = VoterReader.read(config.voters().orElse("[]"), config.allowPrivate());
      for (Voter voter : voters) {
        if (voter.callback() != null && config.publicUrl().isEmpty()) {
          throw new IllegalStateException(
              "voter "
                  + voter.name()
                  + " calls back, and touchstone.partners.public-url does not say where to");
        }
      }
      return voters;
    } catch (InvalidVoterException e) {
      throw new IllegalStateException("the voters cannot be read: " + e.getMessage(), e);
    }
  }
}
