package org.touchstone.partners.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Reason;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.partners.expression.EvaluationException;
import org.touchstone.partners.expression.Expression;
import org.touchstone.partners.voter.Placeholders;
import org.touchstone.partners.voter.Sending;
import org.touchstone.partners.voter.Step;
import org.touchstone.partners.voter.Voter;
import org.touchstone.secrets.Secret;
import org.touchstone.storage.CallbackAnswer;
import org.touchstone.storage.PartnerLedger;

/**
 * One question to one voter: its requests in order, the wait for the result, and the request to
 * delete the medium. Before the medium is sent, it is recorded that it will be; after the last
 * request, what a later try needs to go on waiting instead of asking again.
 */
final class Conversation {
  /** The name under which the end of the requests is kept; no description can use it. */
  private static final String ASKED = ".asked";

  private static final Logger LOG = Logger.getLogger(Conversation.class);
  private static final Duration FOR_DELETION = Duration.ofSeconds(20);
  private static final Duration DELETION_PAUSE = Duration.ofMillis(500);
  private static final int MAX_DELETIONS = 3;
  private static final int NOT_YET = 404;
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_KEPT = 4000;

  private final Voter voter;
  private final Medium medium;
  private final RequestBuilder requests;
  private final VoterClient client;
  private final PartnerLedger.Question question;
  private final InstantSource clock;
  private final Map<String, String> kept;
  private final List<Finding> sent;

  Conversation(
      Voter voter,
      Medium medium,
      RequestBuilder requests,
      VoterClient client,
      PartnerLedger.Question question,
      InstantSource clock) {
    this.voter = voter;
    this.medium = medium;
    this.requests = requests;
    this.client = client;
    this.question = question;
    this.clock = clock;
    this.kept = new HashMap<>(question.state().kept());
    this.sent = new ArrayList<>(question.state().sent());
  }

  /** What the voter's answers said that later requests need. */
  Map<String, String> kept() {
    return Map.copyOf(kept);
  }

  /** What was sent to whom and when, and what became of it. */
  List<Finding> sent() {
    return List.copyOf(sent);
  }

  /**
   * Puts the question, or goes on waiting for the result of an earlier try.
   *
   * @return the result; empty when the voter will call back with it
   * @throws AbstentionException when there is no score
   */
  Optional<Result> result(Deadline deadline) throws AbstentionException {
    try {
      JsonNode last = NullNode.getInstance();
      if (!kept.containsKey(ASKED)) {
        for (Step step : voter.requests()) {
          last = ask(step, deadline);
        }
        if (voter.poll() != null) {
          kept.put(ASKED, "true");
          question.keep(kept, sent);
        }
      }
      return voter.callback() != null
          ? Optional.empty()
          : Optional.of(read(voter.poll() == null ? last : awaited(deadline)));
    } catch (NotSentException e) {
      throw new AbstentionException(Reason.ERROR, e.getMessage());
    }
  }

  /**
   * The result that a callback brought.
   *
   * @throws AbstentionException when it has no score
   */
  Result calledBack(CallbackAnswer answer, Secret secret) throws AbstentionException {
    CallbackProof.check(voter, secret, answer);
    return read(new Answer(OK, answer.body(), null).json(voter));
  }

  private Result read(JsonNode result) throws AbstentionException {
    return Result.of(voter, result, requests::hide);
  }

  private JsonNode ask(Step step, Deadline deadline) throws AbstentionException, NotSentException {
    FetchRequest request = requests.build(step, kept);
    int before = sent.size();
    if (step.send() != null) {
      sent.add(finding(request, step.send()));
      question.keep(kept, sent);
    }
    Answer answer;
    try {
      answer = client.send(voter, request, deadline);
    } catch (NotSentException e) {
      sent.subList(before, sent.size()).clear();
      throw e;
    }
    requireSuccess(answer);
    boolean isLast = step == voter.requests().getLast();
    boolean isRead =
        !step.keep().isEmpty() || isLast && voter.poll() == null && voter.callback() == null;
    JsonNode json = isRead ? answer.json(voter) : NullNode.getInstance();
    keep(step, json);
    return json;
  }

  private Finding finding(FetchRequest request, Sending send) {
    String what =
        switch (send) {
          case LINK -> send.what();
          case PRESIGNED ->
              "a link to the file that expires after "
                  + voter.limits().linkLifetime().toMinutes()
                  + " minutes ("
                  + file()
                  + ")";
          case MULTIPART, BASE64, RAW -> send.what() + " (" + file() + ")";
        };
    return new Finding(
        voter.provider(), "sent", now() + " to " + request.link().host() + ": " + what);
  }

  private String file() {
    return medium.item().mimeType() + ", " + medium.item().bytes() + " bytes";
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private void requireSuccess(Answer answer) throws AbstentionException {
    if (voter.limits().abstainingStatuses().contains(answer.status())) {
      throw new AbstentionException(
          Reason.NOT_APPLICABLE,
          voter.provider() + " cannot judge this medium: status " + answer.status() + ".");
    }
    if (!answer.isSuccess()) {
      throw new AbstentionException(
          Reason.ERROR, voter.provider() + " answered with status " + answer.status() + ".");
    }
  }

  private void keep(Step step, JsonNode json) throws AbstentionException {
    for (Map.Entry<String, Expression> wanted : step.keep().entrySet()) {
      JsonNode value;
      try {
        value = wanted.getValue().evaluate(json);
      } catch (EvaluationException e) {
        value = NullNode.getInstance();
      }
      if (!value.isTextual()
          || value.textValue().isBlank()
          || value.textValue().length() > MAX_KEPT) {
        throw new AbstentionException(
            Reason.ERROR, voter.provider() + "'s answer lacks what the next request needs.");
      }
      kept.put(wanted.getKey(), value.textValue());
    }
  }

  private JsonNode awaited(Deadline deadline) throws AbstentionException, NotSentException {
    Voter.Poll poll = voter.poll();
    while (true) {
      deadline.pause(poll.every());
      Answer answer = client.send(voter, requests.build(poll.request(), kept), deadline);
      if (answer.status() == NOT_YET) {
        continue;
      }
      requireSuccess(answer);
      JsonNode json = answer.json(voter);
      try {
        if (poll.until().evaluate(json).asBoolean()) {
          return json;
        }
      } catch (EvaluationException e) {
        throw new AbstentionException(
            Reason.ERROR, voter.provider() + "'s answer has another form than described.");
      }
    }
  }

  /** Asks the provider to delete the medium, if it has it and its API can. */
  void delete() {
    Step deletion = voter.deletion();
    if (deletion == null || sent.isEmpty() || !hasAll(deletion)) {
      return;
    }
    Deadline deadline = Deadline.in(voter, FOR_DELETION);
    String outcome = "not answered";
    int tries = 0;
    boolean again = true;
    while (again && tries < MAX_DELETIONS) {
      try {
        if (tries > 0) {
          deadline.pause(DELETION_PAUSE.multipliedBy(tries));
        }
        tries++;
        Answer answer = client.send(voter, requests.build(deletion, kept), deadline);
        outcome = (answer.isSuccess() ? "accepted" : "refused") + ", status " + answer.status();
        again = answer.status() >= SERVER_ERROR;
      } catch (NotSentException e) {
        outcome = "not answered";
      } catch (AbstentionException e) {
        outcome = "not answered";
        again = e.reason() != Reason.TIMEOUT;
      } catch (RuntimeException e) {
        // A fault of this machine: the answer that is there must not be lost with it.
        LOG.warnf("voter %s: no request to delete: %s", voter.name(), e.getClass().getName());
        outcome = "could not be asked";
        again = false;
      }
    }
    if (!outcome.startsWith("accepted")) {
      LOG.warnf("voter %s: the request to delete a medium was %s", voter.name(), outcome);
    }
    String times = tries > 1 ? " " + tries + " times" : "";
    sent.add(
        new Finding(voter.provider(), "deletion", now() + " asked for" + times + ": " + outcome));
  }

  private boolean hasAll(Step step) {
    return Placeholders.keptIn(step).stream().allMatch(kept::containsKey);
  }
}
