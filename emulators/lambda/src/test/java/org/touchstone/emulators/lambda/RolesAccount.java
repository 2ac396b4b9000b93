package org.touchstone.emulators.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.domain.workflow.FailureInput;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Decision;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatusChange;
import org.touchstone.emulators.stepfunctions.integration.EventBus;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.integration.TaskFailedException;
import org.touchstone.emulators.stepfunctions.server.StateMachineServer;
import org.touchstone.resolver.probe.BundledFfmpeg;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An account on loopback with everything that analyses need, in which each function is a process
 * with the access key of its own role, and every service refuses what the role's policy does not
 * allow.
 */
final class RolesAccount implements AutoCloseable {
  static final String BUCKET = "touchstone";

  /** The deployment's first account of the API. */
  static final String API_ACCOUNT = "operators";

  /** All but those that sell: they take no part in an analysis. */
  private static final Set<DeployedFunction> OF_ANALYSES =
      EnumSet.complementOf(
          EnumSet.of(DeployedFunction.EXPORT, DeployedFunction.BUYING, DeployedFunction.NOTICES));

  private static final String PREFIX = "touchstone";
  private static final String MACHINE = PREFIX + "-analysis";

  /** Not in a temporary folder: it has links to the unpacked program elsewhere. */
  private static final Path FFMPEG = Path.of("target", "ffmpeg").toAbsolutePath();

  private static final String QUEUE = "jobs";
  private static final String CPU_QUEUE = "cpu-jobs";
  private static final String PARTNERS_QUEUE = "partners";
  private static final String BATCHES_QUEUE = "batches";
  private static final String EVENTS_QUEUE = "events";

  /** The voters' policies are those of a deployment with this prefix. */
  private static final String VOTER_SECRETS = "org/voters/";

  private static final String BUS = "touchstone";
  private static final String SECRETS = PREFIX + "/platforms/";
  private static final String ARN_END = ":" + Arns.REGION + ":" + Arns.ACCOUNT + ":";

  private final AccessKeys keys = AccessKeys.random();
  private final Roles roles = new Roles(names());
  private final AccessKey workflow = keys.add("workflow", roles.policy("workflow"));
  private final AccessKey endpoint = keys.add("endpoint", roles.policy("endpoint"));
  private final AccessKey cpuEndpoint = keys.add("cpu-endpoint", roles.policy("cpu-endpoint"));
  private final EmbeddedS3 s3 = EmbeddedS3.inMemory(keys);
  private final EmbeddedSqs sqs = EmbeddedSqs.start(0, keys);
  private final LoopbackSecrets secrets =
      new LoopbackSecrets(
          keys,
          Map.of(
              SECRETS + "x",
              "{\"bearerToken\": \"secret\"}",
              VOTER_SECRETS + "own",
              "voter's key"));
  private final EmbeddedSqs.QueuePair jobs;
  private final EmbeddedSqs.QueuePair cpuJobs;
  private final EmbeddedSqs.QueuePair partnersJobs;
  private final EmbeddedSqs.QueuePair batches;
  private final EmbeddedSqs.QueuePair events;
  private final SqsClient eventBridge = sqs.client();
  private final SqsClient workflowsQueues = sqs.client(workflow);
  private final StateMachineServer stateMachines;
  private final Map<DeployedFunction, AccessKey> functionKeys =
      new EnumMap<>(DeployedFunction.class);
  private final Map<DeployedFunction, FunctionProcess> functions =
      new EnumMap<>(DeployedFunction.class);

  /**
   * @param visibility how long a received job stays hidden
   * @param voters descriptions of voters, for audio
   */
  RolesAccount(Duration visibility, String voters) throws IOException {
    s3.createBucket(BUCKET);
    jobs = sqs.createQueue(QUEUE, visibility, 1);
    cpuJobs = sqs.createQueue(CPU_QUEUE, visibility, 1);
    partnersJobs = sqs.createQueue(PARTNERS_QUEUE, visibility, 3);
    batches = sqs.createQueue(BATCHES_QUEUE, visibility, 3);
    events = sqs.createQueue(EVENTS_QUEUE, visibility, 20);
    stateMachines =
        StateMachineServer.builder()
            .accessKeys(keys)
            .sqs(workflowsQueues)
            .lambdaFunctions(this::invokeForWorkflow)
            .eventBus(this::putForWorkflow)
            .listener(this::statusChanged)
            .start();
    stateMachines.engine().machines().create(MACHINE, definition(), arn("iam") + "role/workflow");
    BundledFfmpeg ffmpeg = BundledFfmpeg.unpack(FFMPEG);
    for (DeployedFunction function : OF_ANALYSES) {
      String role = role(function);
      AccessKey key = keys.add(role, roles.policy(role));
      functionKeys.put(function, key);
      functions.put(
          function,
          new FunctionProcess(Packages.of(function), environment(function, key, ffmpeg, voters)));
    }
  }

  static String role(DeployedFunction function) {
    return function.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    names.put("AWS::Partition", "aws");
    names.put("AWS::Region", Arns.REGION);
    names.put("AWS::AccountId", Arns.ACCOUNT);
    names.put("MediaStorageBucket.Arn", "arn:aws:s3:::" + BUCKET);
    names.put("DetectionWorkflowStateMachine", Arns.stateMachine(MACHINE));
    names.put("JobQueueallJobs.Arn", arn("sqs") + QUEUE);
    names.put("JobQueueallDeadLetters.Arn", arn("sqs") + QUEUE + "-dead");
    names.put("JobQueuecpuJobs.Arn", arn("sqs") + CPU_QUEUE);
    names.put("JobQueuecpuDeadLetters.Arn", arn("sqs") + CPU_QUEUE + "-dead");
    names.put("PartnersJobs.Arn", arn("sqs") + PARTNERS_QUEUE);
    names.put("PartnersDeadLetters.Arn", arn("sqs") + PARTNERS_QUEUE + "-dead");
    // Nothing may wait here.
    for (String queue : List.of("JobQueueall", "JobQueuecpu", "Partners")) {
      names.put(queue + "BulkJobs.Arn", arn("sqs") + queue + "-bulk");
    }
    names.put("BatchesQueue.Arn", arn("sqs") + BATCHES_QUEUE);
    names.put("EventsQueue.Arn", arn("sqs") + EVENTS_QUEUE);
    names.put("AnnouncementsBus.Arn", busArn(BUS));
    names.put("FunctionsresolveLive", functionArn(DeployedFunction.RESOLVE));
    names.put("FunctionsvoteLive", functionArn(DeployedFunction.VOTE));
    names.put("FunctionsrecordfailureLive", functionArn(DeployedFunction.RECORD_FAILURE));
    return names;
  }

  private static String arn(String service) {
    return "arn:aws:" + service + ARN_END;
  }

  private static String busArn(String name) {
    return arn("events") + "event-bus/" + name;
  }

  private static String functionArn(DeployedFunction function) {
    return arn("lambda") + "function:" + PREFIX + "-" + role(function) + ":live";
  }

  private static String definition() {
    try (InputStream in = RolesAccount.class.getResourceAsStream("/analysis.asl.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${ResolveFunctionArn}", functionArn(DeployedFunction.RESOLVE))
          .replace("${VoteFunctionArn}", functionArn(DeployedFunction.VOTE))
          .replace("${RecordFailureFunctionArn}", functionArn(DeployedFunction.RECORD_FAILURE))
          .replace("${EventBusName}", BUS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment(
      DeployedFunction function, AccessKey key, BundledFfmpeg ffmpeg, String voters) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.put("AWS_REGION", Arns.REGION);
    environment.put("AWS_ACCESS_KEY_ID", key.id());
    environment.put("AWS_SECRET_ACCESS_KEY", key.secret());
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint());
    environment.put("QUARKUS_S3_PATH_STYLE_ACCESS", "true");
    environment.put("TOUCHSTONE_SFN_ENDPOINT", stateMachines.endpoint().toString());
    environment.put("TOUCHSTONE_STATE_MACHINE_ARN", Arns.stateMachine(MACHINE));
    environment.put("TOUCHSTONE_BUCKET", BUCKET);
    environment.put("TOUCHSTONE_METRICS_NAMESPACE", "Touchstone");
    environment.put("TOUCHSTONE_VOTING_POLICY", VotingPolicy.bundled().version());
    environment.put("TOUCHSTONE_QUEUES_BATCHES", batches.url());
    if (function == DeployedFunction.INTAKE) {
      environment.put("TOUCHSTONE_ACCOUNT", API_ACCOUNT);
    }
    if (function == DeployedFunction.INTAKE || function == DeployedFunction.WEBHOOKS) {
      environment.put("TOUCHSTONE_QUEUES_EVENTS", events.url());
      // Receivers here are on loopback.
      environment.put("TOUCHSTONE_FETCH_ALLOW_PRIVATE", "true");
    }
    if (function == DeployedFunction.BATCHES) {
      environment.put("TOUCHSTONE_QUEUES_EVENTS", events.url());
    }
    if (function == DeployedFunction.RESOLVE) {
      for (String track : List.of("IMAGE", "VIDEO", "AUDIO")) {
        String code = track.toLowerCase(Locale.ROOT);
        environment.put(
            "TOUCHSTONE_QUEUES_" + track,
            "cpu-%s=%s,all-%s=%s".formatted(code, cpuJobs.url(), code, jobs.url()));
      }
      environment.put("TOUCHSTONE_QUEUES_PARTNERS", partnersJobs.url());
      environment.put("TOUCHSTONE_QUEUES_PARTNERS_VOTERS", roster(voters));
      environment.put("TOUCHSTONE_PLATFORMS_SECRETS_PREFIX", SECRETS);
      environment.put("TOUCHSTONE_FETCH_ALLOW_PRIVATE", "true");
      environment.put("TOUCHSTONE_FFPROBE_PATH", ffmpeg.ffprobe().path());
      environment.put("TOUCHSTONE_FFPROBE_LIBRARY_PATH", ffmpeg.libraryPath());
    }
    if (function == DeployedFunction.PARTNERS) {
      environment.put("TOUCHSTONE_PARTNERS_VOTERS", voters);
      environment.put("TOUCHSTONE_PARTNERS_ALLOW_PRIVATE", "true");
      environment.put("TOUCHSTONE_PARTNERS_SECRETS_PREFIX", VOTER_SECRETS);
      environment.put("TOUCHSTONE_PARTNERS_PUBLIC_URL", "https://api.example.org/live/");
    }
    return environment;
  }

  private static String roster(String voters) {
    try {
      return Json.string(
          Map.of("name", Roster.PARTNERS, "detectors", detectors(Json.mapper().readTree(voters))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, Object>> detectors(JsonNode voters) {
    List<Map<String, Object>> detectors = new ArrayList<>();
    for (JsonNode voter : voters) {
      detectors.add(
          Map.of(
              "name",
              voter.path("name").asText(),
              "category",
              "generative",
              "tracks",
              List.of("audio")));
    }
    return detectors;
  }

  /** Calls a function as a service of AWS does whom the function's own policy lets in. */
  String invoke(DeployedFunction function, String event) throws InterruptedException {
    return switch (functions.get(function).invoke(event, Events.TRACE)) {
      case Invocation.Response response -> response.payload();
      case Invocation.Failure failure ->
          throw new IllegalStateException(
              function + ": " + failure.payload() + functions.get(function).output());
    };
  }

  private LambdaFunctions.Result invokeForWorkflow(String name, String payload)
      throws TaskFailedException {
    DeployedFunction function =
        DeployedFunction.valueOf(
            name.substring(PREFIX.length() + 1).toUpperCase(Locale.ROOT).replace('-', '_'));
    require("lambda:InvokeFunction", functionArn(function));
    try {
      return switch (functions.get(function).invoke(payload, Events.TRACE)) {
        case Invocation.Response response -> new LambdaFunctions.Result.Success(response.payload());
        case Invocation.Failure failure ->
            new LambdaFunctions.Result.FunctionError(failure.type(), failure.payload());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailedException("Lambda.Unknown", "interrupted");
    }
  }

  private void require(String action, String resource) throws TaskFailedException {
    if (!keys.allows(keys.find(workflow.id()).orElseThrow(), Access.of(action, resource))) {
      throw new TaskFailedException("Lambda.AWSLambdaException", action + " is not allowed");
    }
  }

  private List<EventBus.Result> putForWorkflow(List<EventBus.Entry> entries) {
    return entries.stream()
        .map(
            entry -> {
              Access access = Access.of("events:PutEvents", busArn(entry.eventBusName()));
              if (!keys.allows(keys.find(workflow.id()).orElseThrow(), access)) {
                return EventBus.Result.refused("AccessDeniedException", access.toString());
              }
              tellEvents(entry.detailType(), entry.detail());
              return EventBus.Result.taken(UUID.randomUUID().toString());
            })
        .toList();
  }

  /** What the rules of EventBridge do, which the queues' own policies let in. */
  private void tellEvents(String type, String detail) {
    String event = "{\"detail-type\": %s, \"detail\": %s}".formatted(Json.string(type), detail);
    for (String queue : List.of(events.url(), batches.url())) {
      eventBridge.sendMessage(r -> r.queueUrl(queue).messageBody(event));
    }
  }

  /** The rule that records executions which end without recording it themselves. */
  private void statusChanged(ExecutionStatusChange change) {
    if (change.status() != ExecutionStatus.RUNNING
        && change.status() != ExecutionStatus.SUCCEEDED) {
      FailureInput failure =
          new FailureInput(change.name(), null, change.status().name(), change.cause());
      try {
        tellEvents(
            "Step Functions Execution Status Change",
            Json.string(Map.of("name", change.name(), "status", change.status().name())));
        invoke(DeployedFunction.RECORD_FAILURE, Json.string(failure));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  AccessKeys keys() {
    return keys;
  }

  AccessKey key(DeployedFunction function) {
    return functionKeys.get(function);
  }

  AccessKey endpointKey() {
    return endpoint;
  }

  AccessKey cpuEndpointKey() {
    return cpuEndpoint;
  }

  EmbeddedS3 s3() {
    return s3;
  }

  EmbeddedSqs sqs() {
    return sqs;
  }

  EmbeddedSqs.QueuePair jobs() {
    return jobs;
  }

  EmbeddedSqs.QueuePair cpuJobs() {
    return cpuJobs;
  }

  EmbeddedSqs.QueuePair partnersJobs() {
    return partnersJobs;
  }

  EmbeddedSqs.QueuePair batches() {
    return batches;
  }

  EmbeddedSqs.QueuePair events() {
    return events;
  }

  StateMachineServer stateMachines() {
    return stateMachines;
  }

  String stateMachineArn() {
    return Arns.stateMachine(MACHINE);
  }

  /** What a role was refused. */
  List<Decision> refusals() {
    return keys.decisions().stream().filter(decision -> !decision.allowed()).toList();
  }

  /** What tells why an analysis does not end. */
  String diagnosis() {
    StringBuilder text = new StringBuilder("refused: ").append(refusals());
    functions.forEach(
        (function, process) ->
            text.append("\n").append(function).append(": ").append(process.output()));
    return text.toString();
  }

  @Override
  public void close() {
    stateMachines.close();
    functions.values().forEach(FunctionProcess::close);
    workflowsQueues.close();
    eventBridge.close();
    secrets.close();
    sqs.close();
    s3.close();
  }
}
