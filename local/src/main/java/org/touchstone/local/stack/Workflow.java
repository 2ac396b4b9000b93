package org.touchstone.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.domain.workflow.FailureInput;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatusChange;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.integration.EventBus;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.machine.MachineRegistry;
import org.touchstone.emulators.stepfunctions.server.StateMachineServer;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The analysis workflow on the embedded engine, with the functions and the events it needs. */
final class Workflow implements AutoCloseable {
  static final String RESOLVE = "resolve";
  static final String VOTE = "vote";
  static final String RECORD_FAILURE = "record-failure";

  private static final String NAME = "analysis";
  private static final String ROLE = "arn:aws:iam::" + Arns.ACCOUNT + ":role/workflow";
  private static final String DEFINITION = "/analysis.asl.json";
  private static final String ANALYSIS_ENDED = "AnalysisEnded";

  /** The engine's error for a step that ended every process which tried it. */
  private static final String PROCESS_LOST = "ProcessLost";

  /** Most links and uploads resolved at once; they mostly wait for other servers. */
  private static final int RESOLVED_AT_ONCE = 64;

  private static final int VOTES_AT_ONCE = 16;

  private final InProcessFunctions functions;
  private final LocalEvents events = new LocalEvents();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final SqsClient sqs;
  private final List<String> endedQueues;
  private final StateMachineServer server;
  private final String arn;

  private Workflow(
      Path data, SqsClient sqs, List<String> endedQueues, AccessKeys keys, DataRoom room) {
    this.sqs = sqs;
    this.endedQueues = List.copyOf(endedQueues);
    functions =
        new InProcessFunctions(
            Map.of(RESOLVE, RESOLVED_AT_ONCE, VOTE, VOTES_AT_ONCE, RECORD_FAILURE, VOTES_AT_ONCE),
            room);
    StateMachineServer.Builder builder =
        StateMachineServer.builder()
            .accessKeys(keys)
            .lambdaFunctions(functions)
            .sqs(sqs)
            .eventBus(this::announce)
            .listener(this::statusChanged);
    if (data != null) {
      builder.dataDirectory(data);
    }
    server = builder.start();
    arn = put(server.engine().machines(), definition());
  }

  /** The workflow in this version's definition, which replaces an earlier one in the folder. */
  private static String put(MachineRegistry machines, String definition) {
    try {
      return machines.create(NAME, definition, ROLE).arn();
    } catch (StateMachineException e) {
      if (e.code() != ErrorCode.STATE_MACHINE_ALREADY_EXISTS) {
        throw e;
      }
      return machines.update(Arns.stateMachine(NAME), definition, null).arn();
    }
  }

  /**
   * Starts the engine. Executions of an earlier process on the same folder continue.
   *
   * @param data folder for executions; null to keep none
   * @param endedQueues queues that get a message when an analysis has ended
   * @param keys the keys that the server accepts
   * @param room of the disk that the functions write to
   */
  static Workflow start(
      Path data, SqsClient sqs, List<String> endedQueues, AccessKeys keys, DataRoom room) {
    return new Workflow(data, sqs, endedQueues, keys, room);
  }

  InProcessFunctions functions() {
    return functions;
  }

  LocalEvents events() {
    return events;
  }

  URI endpoint() {
    return server.endpoint();
  }

  /** ARN of the analysis workflow. */
  String arn() {
    return arn;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.close();
    }
  }

  private List<EventBus.Result> announce(List<EventBus.Entry> entries) {
    return entries.stream().map(this::announce).toList();
  }

  private EventBus.Result announce(EventBus.Entry entry) {
    if (entry.detailType().equals(ANALYSIS_ENDED)) {
      announceEnd(entry.detail());
    }
    return EventBus.Result.taken(UUID.randomUUID().toString());
  }

  /** Tells the queues and those who wait, as the rules of EventBridge do on AWS. */
  private void announceEnd(String detail) {
    AnalysisEnded ended = Json.read(detail.getBytes(StandardCharsets.UTF_8), AnalysisEnded.class);
    String message =
        Json.string(
            Map.of(
                "source",
                "touchstone",
                "detail-type",
                ANALYSIS_ENDED,
                "time",
                Instant.now().toString(),
                "detail",
                ended));
    for (String queue : endedQueues) {
      sqs.sendMessage(r -> r.queueUrl(queue).messageBody(message));
    }
    events.announce(ended.analysisId());
  }

  /** Records the failure of an execution that was stopped or timed out. */
  private void statusChanged(ExecutionStatusChange change) {
    boolean ended =
        change.status() != ExecutionStatus.RUNNING && change.status() != ExecutionStatus.SUCCEEDED;
    if (!ended || !change.stateMachineArn().equals(Arns.stateMachine(NAME))) {
      return;
    }
    FailureInput failure =
        new FailureInput(change.name(), problem(change), change.status().name(), change.cause());
    switch (functions.invoke(RECORD_FAILURE, Json.string(failure))) {
      case LambdaFunctions.Result.FunctionError error ->
          // The engine repeats the event later, also after a restart.
          throw new IllegalStateException("the failure was not recorded: " + error.errorType());
      case LambdaFunctions.Result.Success success -> announceEnd(success.payload());
    }
  }

  /** What the user is told; null for what the function that records failures says. */
  private static Problem problem(ExecutionStatusChange change) {
    return PROCESS_LOST.equals(change.error())
        ? Problem.of(
            ProblemType.INTERNAL,
            "Touchstone was killed or did not answer several times while it was at work on this"
                + " input, so it does not try again.")
        : null;
  }

  /** The definition with its placeholders replaced by this machine's functions. */
  private static String definition() {
    try (InputStream in = Workflow.class.getResourceAsStream(DEFINITION)) {
      String definition = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> substitutions =
          Map.of(
              "ResolveFunctionArn", RESOLVE,
              "VoteFunctionArn", VOTE,
              "RecordFailureFunctionArn", RECORD_FAILURE,
              "EventBusName", "default");
      for (Map.Entry<String, String> substitution : substitutions.entrySet()) {
        definition =
            definition.replace("${" + substitution.getKey() + "}", substitution.getValue());
      }
      return definition;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
