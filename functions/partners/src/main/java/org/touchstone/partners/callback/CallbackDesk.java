package org.touchstone.partners.callback;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.storage.CallbackAnswer;
import org.touchstone.storage.CallbackStore;
import org.touchstone.storage.CallbackTicket;

/**
 * Takes callbacks from voters: stores what they say, once for each token, and has the job handed
 * over to the function that asked. Whoever calls is known by the token only, so nothing here reads
 * a secret, a medium or an analysis; the body is kept as it is.
 */
public final class CallbackDesk {
  /** Largest body, as of the answers that are asked for. */
  public static final int MAX_BODY = 1 << 20;

  private static final int MAX_PROOF = 1024;
  private static final Logger LOG = Logger.getLogger(CallbackDesk.class);

  private final CallbackStore store;
  private final JobMessages messages;
  private final InstantSource clock;

  public CallbackDesk(CallbackStore store, JobMessages messages, InstantSource clock) {
    this.store = store;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Takes a callback. The same one may come again, as senders do that missed the answer.
   *
   * @param token the last part of the address
   * @param header the value of a header by its name; null without it
   * @throws ProblemException when nobody waits for it
   */
  public void receive(String token, byte[] body, UnaryOperator<String> header) {
    CallbackTicket ticket =
        store.ticket(token).orElseThrow(() -> new ProblemException(ProblemType.CALLBACK_NOT_FOUND));
    if (!clock.instant().isBefore(ticket.until())) {
      LOG.infof("voter %s called back too late", ticket.voter());
      throw new ProblemException(ProblemType.CALLBACK_ENDED);
    }
    if (body.length > MAX_BODY) {
      LOG.infof("voter %s called back with more than %d bytes", ticket.voter(), MAX_BODY);
      throw new ProblemException(ProblemType.REQUEST_TOO_LARGE);
    }
    if (!isJson(body)) {
      LOG.infof("voter %s called back with something that is not JSON", ticket.voter());
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "The body is neither an object nor a list in JSON.");
    }
    String proof = ticket.header() == null ? null : header.apply(ticket.header());
    if (proof != null && proof.length() > MAX_PROOF) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "A header is too long.");
    }
    if (store.receive(token, new CallbackAnswer(proof, body)) == CallbackStore.Receipt.REFUSED) {
      LOG.infof("voter %s called back again with another answer", ticket.voter());
      throw new ProblemException(ProblemType.CALLBACK_REPEATED);
    }
    // Also when it is repeated: the process may have died before this.
    messages.now(ticket.job());
  }

  private static boolean isJson(byte[] body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      return json != null && json.isContainerNode();
    } catch (IOException e) {
      return false;
    }
  }
}
