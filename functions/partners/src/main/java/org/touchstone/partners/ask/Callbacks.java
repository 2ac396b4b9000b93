package org.touchstone.partners.ask;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.touchstone.domain.Job;
import org.touchstone.partners.voter.Voter;
import org.touchstone.storage.CallbackAnswer;
import org.touchstone.storage.CallbackStore;
import org.touchstone.storage.CallbackTicket;

/** Makes the addresses that voters call back, and finds what they said there. */
public final class Callbacks {
  private static final String PATH = "v1/callbacks/";

  private final CallbackStore store;
  private final URI publicUrl;

  /**
   * @param publicUrl the address under which voters reach the API; null when they do not
   */
  public Callbacks(CallbackStore store, URI publicUrl) {
    this.store = store;
    this.publicUrl = publicUrl;
  }

  /**
   * An address that was made for a question.
   *
   * @param url the address, which holds a secret token
   * @param sha256 the SHA-256 of that token
   */
  record Address(String url, String sha256) {}

  /** Makes an address for one answer to one question. */
  Address open(Voter voter, Job job, Instant until) {
    CallbackStore.Opened opened =
        store.open(new CallbackTicket(voter.name(), job, until, voter.callback().header()));
    String base = publicUrl.toString();
    String url = (base.endsWith("/") ? base : base + "/") + PATH + opened.token();
    return new Address(url, opened.sha256());
  }

  /** What was said at an address, by the SHA-256 of its token. */
  Optional<CallbackAnswer> answer(String sha256) {
    return store.answer(sha256);
  }
}
