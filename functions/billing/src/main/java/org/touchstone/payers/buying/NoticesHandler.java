package org.touchstone.payers.buying;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.touchstone.domain.account.Account;
import org.touchstone.payers.marketplace.Notice;
import org.touchstone.storage.AccountStore;

/**
 * Works the queue of AWS Marketplace's notices: an account whose subscription has ended starts no
 * analysis, one whose subscription goes on starts them again. Only AWS may send to the queue.
 */
@Named("notices")
@ApplicationScoped
public class NoticesHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(NoticesHandler.class);

  private final AccountStore accounts;
  private final Purchases purchases;
  private final InstantSource clock;

  @Inject
  public NoticesHandler(AccountStore accounts, Purchases purchases, InstantSource clock) {
    this.accounts = accounts;
    this.purchases = purchases;
    this.clock = clock;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      try {
        Notice.read(message.getBody(), sentAt(message)).ifPresent(this::heed);
      } catch (RuntimeException e) {
        LOG.errorf("a notice of AWS Marketplace is not heeded: %s", e.getMessage());
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private void heed(Notice notice) {
    for (Account account : accounts.all()) {
      boolean isMeant =
          account.payer() != null
              && account.payer().marketplace() != null
              && notice.isAbout(account.payer().marketplace());
      if (isMeant) {
        purchases.heard(account, notice.ended(), notice.at());
        LOG.infof(
            "the subscription of account %s %s", account.id(), notice.ended() ? "ends" : "goes on");
      }
    }
  }

  private Instant sentAt(SQSEvent.SQSMessage message) {
    String millis =
        message.getAttributes() == null ? null : message.getAttributes().get("SentTimestamp");
    return millis == null ? clock.instant() : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
